// What a master makes of its wiring: two charge points whose cars the mains answer, by a script.
import { AS_LABELLED, perPhase, type Deciamps, type PerPhase } from '@fairamp/units';
import { entry, IDS, scripted as config, Scripted, type Id } from '../../test/scripted-wiring.js';
import { PLAIN_SITE } from './plain.js';
import type { MasterConfig, RosterEntry } from './types.js';

const use: MasterConfig = { ...config, learning: 'use' };
const on = (L1: Deciamps, L2: Deciamps, L3: Deciamps): PerPhase<Deciamps> => ({ L1, L2, L3 });
const NONE = perPhase(() => 0);

/** Taking left as it is configured: the first two transformers are exchanged, the third is reversed, right is turned. */
function played(own: MasterConfig): Scripted {
  const site = new Scripted(own);
  site.visit('left', on(100, 0, 0), on(0, 100, 0));
  site.visit('left', on(100, 100, 0), on(100, 100, 0));
  site.visit('right', on(100, 0, 0), on(0, 0, -100));
  return site.visit('right', on(100, 0, 0), on(0, 0, -100));
}
const LINES = ['rotation: [L3, L1, L2] for right', 'transformers.order: [L2, L1, L3]', 'transformers.reversed: [L3]'];
const USED = { order: ['L2', 'L1', 'L3'], reversed: ['L3'] };

describe('by default', () => {
  const site = played(config);

  test('the status says which lines to write, and on what evidence', () => {
    for (const line of LINES) expect(site.said()).toContain(`to write: ${line}`);
    expect(site.said()).toContain('right: its L1, L2, L3 hang on L3, L1, L2, taking left as configured (');
    expect(site.said()).toContain('-10.0 0.0 0.0 A drawn, 0.0 0.0 10.0 A shown');
  });

  test('nothing else changes', () => {
    expect(site.state.learning?.used.rotations).toEqual({ left: AS_LABELLED, right: AS_LABELLED });
    expect(site.state.learning?.used.transformers).toEqual({ order: AS_LABELLED, reversed: [] });
    expect(site.outputs.filter((one) => one.kind === 'note' && one.key === 'wiring')).toEqual([]);
  });

  test('before anything has moved there is nothing to say', () => {
    expect(new Scripted(config).said()).toBe('none');
  });

  test('a car that has gone is forgotten, what it showed of the wiring is not', () => {
    const before = site.state.learning?.seen.points['right'];
    site.leave('right');
    const after = site.state.learning?.seen.points['right'];
    expect([before?.carSteps === 0, after?.carSteps, after?.steps]).toEqual([false, 0, before?.steps]);
  });
});

describe('used at once', () => {
  const site = played(use);

  test('samples and reports are read by what is learnt', () => {
    expect(site.state.learning?.used).toEqual({
      transformers: USED,
      rotations: { left: AS_LABELLED, right: ['L3', 'L1', 'L2'] },
    });
    site.start('right', on(80, 0, 0), on(0, 0, -80));
    const { slaves, freshness } = site.state;
    expect(slaves['right']?.draws.at(-1)?.draw_dA).toEqual(on(0, 0, 80));
    expect(slaves['right']?.report?.message.phases).toEqual(['L3']);
    // 5 A of the house on a reversed transformer, less 8 A, are 3 A of import.
    expect(freshness.newest?.current_dA).toEqual(on(50, 50, 30));
  });

  test('the status and the log say so', () => {
    for (const line of LINES) expect(site.said()).toContain(`in use: ${line}`);
    expect(site.said()).not.toContain('to write');
    const notes = site.outputs.flatMap((one) => (one.kind === 'note' && one.key === 'wiring' ? [one.text] : []));
    expect(notes.at(-1)).toContain('transformers on [L2, L1, L3], reversed [L3], rotation [L3, L1, L2] of right');
  });
});

describe('what is written is taken as given', () => {
  const written = (rotations: Partial<Record<Id, RosterEntry['rotation']>>): MasterConfig => ({
    ...use,
    roster: IDS.map((id) => {
      const rotation = rotations[id];
      return rotation === undefined ? entry(id) : { ...entry(id), rotation, isRotationConfirmed: true };
    }),
  });

  test('the rest is named by it', () => {
    const site = played(written({ right: AS_LABELLED }));
    expect(site.state.learning?.used.rotations).toEqual({ left: ['L2', 'L3', 'L1'], right: AS_LABELLED });
    expect(site.said()).toContain('in use: rotation: [L2, L3, L1] for left');
    expect(site.said()).not.toContain('for right');
  });

  test('what contradicts it is said, and changes nothing', () => {
    const site = played(written({ left: AS_LABELLED, right: AS_LABELLED }));
    expect(site.state.learning?.used.rotations).toEqual({ left: AS_LABELLED, right: AS_LABELLED });
    expect(site.state.learning?.used.transformers.order).toEqual(AS_LABELLED);
    expect(site.said()).toContain('right: what is seen is not as configured');
  });

  test('transformers too, the order and the directions each for itself', () => {
    const reversed = { ...PLAIN_SITE.transformers, areDirectionsConfirmed: true };
    expect(played({ ...use, transformers: reversed }).said()).toContain('the transformers: what is seen is not as');
    const order = { ...PLAIN_SITE.transformers, order: ['L2', 'L1', 'L3'] as const, isOrderConfirmed: true };
    const site = played({ ...use, transformers: order });
    expect(site.state.learning?.used.transformers).toEqual(USED);
    expect(site.said()).not.toContain('transformers.order');
  });
});

describe('a circuit whose conductors are told apart by something else', () => {
  const circuit = { id: 'garage', parent: 'mains', device: { curve: 'C', rated_dA: 160 }, meter: null } as const;
  const uneven = { ...circuit, limit_dA: on(160, 160, 100), allowance_dA: NONE };

  test('wants a reference that somebody has written; a direction needs none', () => {
    const site = played({ ...use, circuits: [uneven] });
    expect(site.state.learning?.used).toEqual({
      transformers: { order: AS_LABELLED, reversed: ['L3'] },
      rotations: { left: AS_LABELLED, right: AS_LABELLED },
    });
    expect(site.said()).not.toContain(LINES[0]);
    expect(site.said()).toContain(
      'look at one charge point and write its rotation, also if it is as labelled: circuit garage',
    );
    const left = { ...entry('left'), isRotationConfirmed: true };
    const given = played({ ...use, circuits: [uneven], roster: [left, entry('right')] });
    expect(given.state.learning?.used.transformers).toEqual(USED);
  });
});

test.each<[string, MasterConfig['generation'], boolean]>([
  ['nothing feeds in', 'none', true],
  ['the sun feeds in', 'solar', true],
  ['a battery may answer our cars', 'battery', false],
  ['nobody has said what feeds in', null, false],
])('where %s (%s) it is %s that a direction is used at once', (_case, generation, isUsed) => {
  const site = played({ ...use, generation });
  expect(site.state.learning?.used.transformers).toEqual({ ...USED, reversed: isUsed ? ['L3'] : [] });
  const begins = isUsed ? 'in use' : 'to write after a look at the transformers';
  expect(site.said()).toContain(`${begins}: transformers.reversed: [L3]`);
  expect(site.said().includes('unless a battery answers our cars')).toBe(!isUsed);
});

test('a magnitude may hide export, unless somebody has written that nothing feeds in', () => {
  const seenWith = (generation: MasterConfig['generation']) => {
    const site = new Scripted({ ...config, generation }, { rest_dA: 20, signed: false });
    site.visit('left', on(100, 0, 0), on(0, 60, 0));
    return site.state.learning?.seen.points['left']?.table;
  };
  expect(seenWith('solar')).toEqual(seenWith(null));
  expect(seenWith('none')).not.toEqual(seenWith(null));
});

test.each<[string, MasterConfig]>([
  ['it is switched off', { ...config, learning: 'off' }],
  ['nobody measures', { ...config, mode: 'normal', bridge: null }],
])('nothing is learnt where %s', (_case, own) => {
  const site = new Scripted(own);
  expect([site.state.learning, site.said()]).toEqual([null, 'none']);
});
