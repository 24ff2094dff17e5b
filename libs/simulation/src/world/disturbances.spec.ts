import type { Deed, Episode } from '../scenario/draw-faults.js';
import { Disturbances } from './disturbances.js';
import type { LinkProfile } from './network.js';

const WIRES: LinkProfile = {
  loss_permille: 0,
  duplicate_permille: 0,
  late_permille: 0,
  late_ms: [100, 3000],
  delay_ms: [1, 8],
  only: [],
};
const episode = (begin: Deed): Episode => ({
  from: 0,
  to: 1,
  begin,
  end: { kind: 'join', who: '' },
  text: '',
  over: '',
});
const DEATH = episode({ kind: 'kill', who: 'master' });
const CUT = episode({ kind: 'cut', who: 'slave1', cut: { direction: 'both', holds: false } });
const SILENCE = episode({ kind: 'meter', circuit: 'mains', health: 'silent' });
const LIE = episode({ kind: 'meter', circuit: 'mains', health: 'frozen' });
const ELSEWHERE = episode({ kind: 'meter', circuit: 'garage', health: 'swapped' });

test.each([
  ['healthy wires and line', {}, 0, false],
  ['wires that lose', { loss_permille: 1 }, 0, true],
  ['wires that repeat', { duplicate_permille: 1 }, 0, true],
  ['wires that are late', { late_permille: 1 }, 0, true],
  ['a line that breaks frames off', {}, 0.1, true],
])('from the start on a site is disturbed by what never ends: %s', (_, link, broken, disturbed) => {
  const disturbances = new Disturbances({ ...WIRES, ...link }, { broken }, () => 0);
  expect([disturbances.isDisturbed, disturbances.at]).toEqual([disturbed, null]);
});

test('a site is disturbed from the first beginning to the last end, and knows when that last changed', () => {
  const disturbances = new Disturbances(WIRES, { broken: 0 }, () => 0);
  const steps = [
    () => disturbances.begin(10, DEATH),
    () => disturbances.begin(20, CUT),
    () => disturbances.end(30, DEATH),
    () => disturbances.end(40, CUT),
  ];
  const seen = steps.map((step) => {
    step();
    return [disturbances.isDisturbed, disturbances.at];
  });
  expect(seen).toEqual([
    [true, 10],
    [true, 20],
    [true, 30],
    [false, 40],
  ]);
});

test.each<[string, Deed]>([
  ['what breaks at a charge point', { kind: 'board', outlet: 'slave1', fault: 'lock-jammed', on: true }],
  ['a switch that is pressed', { kind: 'press', outlet: 'slave1', pressed: true }],
])('nobody is given more time for %s', (_, begin) => {
  const disturbances = new Disturbances(WIRES, { broken: 0 }, () => 0);
  disturbances.begin(10, episode(begin));
  expect([disturbances.isDisturbed, disturbances.at]).toEqual([false, null]);
  disturbances.end(20, episode(begin));
  expect([disturbances.isDisturbed, disturbances.at]).toEqual([false, null]);
});

test.each([
  ['a meter that repeats itself', LIE, { during: [10, null], after: [null, 50] }],
  ['a meter that is silent tells no lie', SILENCE, { during: [null, null], after: [null, null] }],
  ['the meter of a circuit is another', ELSEWHERE, { during: [null, null], after: [null, null] }],
  ['nor does a dead master', DEATH, { during: [null, null], after: [null, null] }],
])('since when the meter lies, and has told the truth again: %s', (_, what, { during, after }) => {
  const disturbances = new Disturbances(WIRES, { broken: 0 }, () => 0);
  const meter = (of = 'mains'): readonly (number | null)[] => {
    const { liesSince, truthSince } = disturbances.liesOf(of);
    return [liesSince, truthSince];
  };
  disturbances.begin(10, what);
  expect(meter()).toEqual(during);
  disturbances.end(50, what);
  expect(meter()).toEqual(after);
  if (what === ELSEWHERE) expect(meter('garage')).toEqual([null, 50]);
});
