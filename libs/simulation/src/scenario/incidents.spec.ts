import { scenarioOf } from '../../test/scenario-files.js';
import { drawWorld } from './draw.js';
import type { Episode } from './deeds.js';

/** Whatever else is drawn. */
function episodes(incidents: readonly object[], over: object = {}): readonly Episode[] {
  return drawWorld(scenarioOf({ incidents, ...over }), 1, 600_000).episodes;
}

test.each<[string, object, Episode['begin'], Episode['end'], [string, string]]>([
  [
    'a master dies and returns',
    { kind: 'kill', who: 'master' },
    { kind: 'kill', who: 'master' },
    { kind: 'start', who: 'master', storeLost: false },
    ['master killed', 'master is back'],
  ],
  [
    'a charge point, by its number',
    { kind: 'kill', who: 3 },
    { kind: 'kill', who: 'slave3' },
    { kind: 'start', who: 'slave3', storeLost: false },
    ['slave3 killed', 'slave3 is back'],
  ],
  [
    'one kind of message does not arrive',
    { kind: 'cut', who: 2, direction: 'in', only: ['stop', 'grant'] },
    { kind: 'cut', who: 'slave2', cut: { direction: 'in', holds: false, only: ['stop', 'grant'] } },
    { kind: 'join', who: 'slave2' },
    ['slave2 hears no stop, no grant', 'slave2 is joined again'],
  ],
  [
    'or does not leave',
    { kind: 'cut', who: 2, direction: 'out', only: ['answer'] },
    { kind: 'cut', who: 'slave2', cut: { direction: 'out', holds: false, only: ['answer'] } },
    { kind: 'join', who: 'slave2' },
    ['slave2 is not heard: no answer', 'slave2 is joined again'],
  ],
  [
    'nothing does',
    { kind: 'cut', who: 'master', direction: 'both', only: [] },
    { kind: 'cut', who: 'master', cut: { direction: 'both', holds: false, only: [] } },
    { kind: 'join', who: 'master' },
    ['master is cut off', 'master is joined again'],
  ],
  [
    'the meter falls silent',
    { kind: 'meter', health: 'silent' },
    { kind: 'meter', circuit: 'mains', health: 'silent' },
    { kind: 'meter', circuit: 'mains', health: 'well' },
    ['meter says nothing', 'meter speaks again'],
  ],
  [
    'something of a charge point breaks',
    { kind: 'board', who: 1, fault: 'too-hot' },
    { kind: 'board', outlet: 'slave1', fault: 'too-hot', on: true },
    { kind: 'board', outlet: 'slave1', fault: 'too-hot', on: false },
    ['slave1: it is 70 degrees hot', 'slave1: it is 70 degrees hot no more'],
  ],
])('%s', (_, incident, begin, ...[end, [text, over]]) => {
  expect(episodes([{ ...incident, at_s: 60.5, for_s: 20 }])).toEqual([
    { from: 60_500, to: 80_500, begin, end, text, over },
  ]);
});

test('they stand among what is drawn, in the order of time', () => {
  const faults = [{ kind: 'kill', who: ['bridge'], each_s: 50, for_s: 10 }];
  const all = episodes([{ kind: 'kill', who: 'master', at_s: 70, for_s: 5 }], { faults });
  expect(all.slice(0, 3).map(({ text }) => text)).toEqual(['bridge killed', 'master killed', 'bridge killed']);
});
