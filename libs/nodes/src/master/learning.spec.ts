// What a master makes of its wiring: two charge points whose cars the mains answer, by a script.
import { encodeMessage, reportTopic, sampleTopic, type Unsigned } from '@fairamp/protocol';
import { AS_LABELLED, PHASES, perPhase, type Deciamps, type PerPhase } from '@fairamp/units';
import { initialMaster, stepMaster } from './master-node.js';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import type { MasterConfig, MasterOutput, MasterState, RosterEntry } from './types.js';

const key = new Uint8Array(32).fill(1);
const METER = new Uint8Array(32).fill(9);
const OWN = '00000000000000aa';
const SLAVE = '0000000000000001';
const IDS = ['left', 'right'] as const;
type Id = (typeof IDS)[number];
const entry = (id: Id): RosterEntry => {
  return { ...PLAIN_POINT, id, key, maximum_dA: 320, failSafe: 'process', fallback_dA: 0 };
};
const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 400,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: METER },
  roster: IDS.map(entry),
  oldestSample_ms: 10_000,
};
const use: MasterConfig = { ...config, learning: 'use' };
const on = (L1: Deciamps, L2: Deciamps, L3: Deciamps): PerPhase<Deciamps> => ({ L1, L2, L3 });
const NONE = perPhase(() => 0);

class Scripted {
  state: MasterState;
  readonly outputs: MasterOutput[] = [];
  #at = 0;
  #shown = on(50, 50, 50);
  readonly #draws: Record<Id, PerPhase<Deciamps>> = { left: NONE, right: NONE };
  readonly #gone = new Set<Id>();

  constructor(readonly config: MasterConfig) {
    this.state = initialMaster({ count: 1, boot: OWN }, 0, config);
    this.wait();
  }

  wait(seconds = 12): void {
    for (let second = 0; second < seconds; second += 1) this.#second();
  }

  /** Three times there and back; by the own labels of the charge point and of the transformers. */
  visit(id: Id, draw_dA: PerPhase<Deciamps>, shown_dA: PerPhase<Deciamps>): this {
    const rest = this.#shown;
    for (let time = 0; time < 3; time += 1) {
      this.start(id, draw_dA, shown_dA);
      this.#draws[id] = NONE;
      this.#shown = rest;
      this.wait();
    }
    return this;
  }

  start(id: Id, draw_dA: PerPhase<Deciamps>, shown_dA: PerPhase<Deciamps>): void {
    const rest = this.#shown;
    this.#draws[id] = draw_dA;
    this.#shown = perPhase((phase) => rest[phase] + shown_dA[phase]);
    this.wait();
  }

  leave(id: Id): void {
    this.#gone.add(id);
    this.wait(1);
  }

  words(): string {
    return this.state.learning?.words ?? 'nothing is learnt';
  }

  said(): string {
    const texts = this.outputs.flatMap((one) =>
      one.kind === 'publish' && one.topic.endsWith('/learning') ? [one] : [],
    );
    return new TextDecoder().decode(texts.at(-1)?.payload);
  }

  #second(): void {
    this.#at += 1000;
    this.#step({ kind: 'tick', at: this.#at });
    this.#hear(sampleTopic('home', 'meter'), this.#at + 200, this.#sample(this.#at + 200));
    for (const id of IDS) this.#hear(reportTopic('home', id), this.#at + 300, this.#report(id));
    this.#step({ kind: 'tick', at: this.#at + 600 });
  }

  #step(input: Parameters<typeof stepMaster>[1]): void {
    const stepped = stepMaster(this.state, input, this.config);
    this.state = stepped.state;
    this.outputs.push(...stepped.outputs);
  }

  #hear(topic: string, at: number, payload: Uint8Array): void {
    this.#step({ kind: 'message', at, topic, payload, retained: false });
  }

  #sample(at: number): Uint8Array {
    const { freshness, beaconAt } = this.state;
    const body: Unsigned<'sample'> = {
      from: 'meter',
      boot: SLAVE,
      seq: at,
      t: at,
      age_ms: 50,
      current_dA: this.#shown,
      signed: true,
      master: { boot: OWN, for_ms: at },
      echo: { boot: OWN, seq: freshness.nextSeq - 1, since_ms: Math.max(0, at - (beaconAt ?? at)) },
    };
    return encodeMessage('sample', body, { site: 'home', key: METER });
  }

  #report(id: Id): Uint8Array {
    const draw_dA = this.#draws[id];
    const isDrawing = PHASES.some((phase) => draw_dA[phase] > 0);
    const body: Unsigned<'report'> = {
      from: id,
      boot: SLAVE,
      seq: this.#at,
      t: this.#at,
      session: isDrawing ? 'charging' : 'connected',
      pilot: this.#gone.has(id) ? 'A' : isDrawing ? 'C' : 'B',
      contactor: isDrawing ? 'closed' : 'open',
      lease: null,
      fallback: null,
      draw_dA,
      drawLow_dA: draw_dA,
      demand_dA: 320,
      demandBecause: 'setting-max',
      phases: isDrawing ? PHASES.filter((phase) => draw_dA[phase] > 0) : [...PHASES],
      faults: [],
      failSafe: 'process',
    };
    return encodeMessage('report', body, { site: 'home', key });
  }
}

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
    expect(notes.at(-1)).toContain(LINES[0]);
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
    expect(site.said()).toContain(`to write: ${LINES[0]}`);
    expect(site.said()).toContain('not in use: circuit garage');
    const left = { ...entry('left'), isRotationConfirmed: true };
    const given = played({ ...use, circuits: [uneven], roster: [left, entry('right')] });
    expect(given.state.learning?.used.transformers).toEqual(USED);
  });
});

test.each<[string, MasterConfig]>([
  ['it is switched off', { ...config, learning: 'off' }],
  ['nobody measures', { ...config, mode: 'normal', bridge: null }],
])('nothing is learnt where %s', (_case, own) => {
  const site = new Scripted(own);
  expect([site.state.learning, site.said()]).toEqual([null, 'none']);
});
