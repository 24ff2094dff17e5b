// A site that is wired otherwise than it is labelled, told by the shipped nodes: a charge point is turned, two transformers
// are exchanged, and where the source has a sign the third sits the wrong way round. Cars come and go; the master may
// think for a while that its meter lies, and nobody charges. It sees what the mains answer all the same.
import { decodeMessage, encodeMessage } from '@fairamp/protocol';
import { AS_LABELLED, PHASES, conductorOf, perPhase, type Phase, type Rotation } from '@fairamp/units';
import { PLAIN_POINT, PLAIN_SITE, type MasterConfig, type Publish } from '@fairamp/nodes';
import { key, SmallSite } from './small-site.js';

const ORDER: Rotation = ['L2', 'L1', 'L3'];
const TURNED: Rotation = ['L3', 'L1', 'L2'];
const config: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 400,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: key(9) },
  roster: ['left', 'right'].map((id, index) => ({
    ...PLAIN_POINT,
    id,
    key: key(index + 1),
    maximum_dA: 160,
    failSafe: 'process',
    fallback_dA: 0,
  })),
  oldestSample_ms: 10_000,
};
type Meter = Pick<MasterConfig, 'source' | 'generation'> & { readonly reversed: readonly Phase[]; signed: boolean };
const sensorbox: Meter = { source: 'sensorbox', generation: 'none', reversed: [], signed: false };
const signed: Meter = { source: 'modbus', generation: 'solar', reversed: ['L3'], signed: true };

/** `left` hangs as it is labelled, so that the true wiring is the one that is named by it. */
class WiredSite extends SmallSite {
  starts = 0;

  constructor(
    learning: MasterConfig['learning'],
    readonly meter: Meter,
  ) {
    super({ ...config, source: meter.source, generation: meter.generation, learning });
    this.outlet('right').rotation = TURNED;
    this.instead = (publish) => this.#asConnected(publish);
    this.run(20_000);
  }

  outlet(id: string): SmallSite['outlets'][string] {
    const outlet = this.outlets[id];
    if (outlet === undefined) throw new Error(`no outlet ${id}`);
    return outlet;
  }

  #asConnected(publish: Publish): Publish {
    const seal = { site: 'home', key: key(9) };
    const decoded = decodeMessage('sample', publish.payload, seal);
    if (!decoded.ok) throw new Error(decoded.detail);
    const { from, boot, seq, t, age_ms, master, echo, current_dA: mains_dA } = decoded.value;
    const current_dA = perPhase((label) => {
      const value = mains_dA[conductorOf(label, ORDER)];
      return this.meter.reversed.includes(label) ? 0 - value : value;
    });
    const body = { from, boot, seq, t, age_ms, master, echo, current_dA, signed: this.meter.signed };
    return { ...publish, payload: encodeMessage('sample', body, seal) };
  }

  plug(id: string, phases: readonly Phase[], stays_ms: number): void {
    const outlet = this.outlet(id);
    outlet.car = { ...outlet.car, phases, plugged: true };
    let was = outlet.closed;
    this.run(stays_ms, () => {
      if (outlet.closed && !was) this.starts += 1;
      was = outlet.closed;
    });
  }

  /** Cars as they come, until no more is asked of the mains. */
  visits(): void {
    for (let round = 0; round < 6 && !this.said().includes('transformers.order'); round += 1)
      for (const [id, phases] of VISITS) {
        this.plug(id, phases, 60_000);
        this.outlet(id).car.plugged = false;
        this.run(15_000);
      }
  }

  said(): string {
    const newest = this.published.filter(({ topic }) => topic.endsWith('/master/main/learning')).at(-1);
    return new TextDecoder().decode(newest?.payload);
  }

  master() {
    const state = this.masters['main']?.state;
    if (state === undefined) throw new Error('no master');
    return state;
  }
}
const VISITS: readonly (readonly [string, readonly Phase[]])[] = [
  ['left', ['L1']],
  ['right', ['L1']],
  ['left', ['L1', 'L2']],
  ['right', ['L1', 'L2']],
];

const rotated = 'rotation: [L3, L1, L2] for right';
const ordered = 'transformers.order: [L2, L1, L3]';

test.each([
  ['a Sensorbox', sensorbox],
  ['a signed meter of which one transformer is reversed', signed],
])('%s: all is named right within ten starts, and the status says what to write', (_case, meter) => {
  const site = new WiredSite('propose', meter);
  site.visits();
  expect(site.starts).toBeLessThanOrEqual(10);
  for (const line of [rotated, ordered]) expect(site.said()).toContain(`to write: ${line}`);
  for (const label of meter.reversed) expect(site.said()).toContain(`transformer ${label} sits the wrong way round`);
  expect(site.master().learning?.used.transformers).toEqual({ order: AS_LABELLED, reversed: [] });
});

describe.each([
  ['a Sensorbox', sensorbox],
  ['a signed meter of which one transformer is reversed', signed],
])('with what is learnt in use, behind %s', (_case, meter) => {
  const site = new WiredSite('use', meter);
  site.visits();

  test('it was learnt within ten starts', () => {
    expect(site.starts).toBeLessThanOrEqual(10);
    expect(site.master().learning?.used).toEqual({
      transformers: { order: ORDER, reversed: meter.reversed },
      rotations: { left: AS_LABELLED, right: TURNED },
    });
    expect(site.said()).toContain(`in use: ${ordered}`);
  });

  test('I2: cars are held back by the conductors that they really use, and nobody doubts the meter', () => {
    site.run(180_000);
    site.plug('left', ['L1'], 40_000);
    site.plug('right', ['L1'], 40_000);
    const { slaves, freshness } = site.master();
    expect(slaves['right']?.report?.message.phases).toEqual(['L3']);
    expect(freshness.newest?.current_dA).toEqual(site.mains());
    expect([site.report('left'), site.report('right')].map(({ lease }) => lease?.limit_dA)).toEqual([160, 160]);
    site.house_dA = { L1: 20, L2: 200, L3: 290 };
    site.run(20_000);
    expect(site.report('left').lease?.limit_dA).toBe(160);
    expect(site.report('right').lease?.limit_dA).toBeGreaterThan(90);
    expect(site.report('right').lease?.limit_dA).toBeLessThanOrEqual(110);
    expect(site.notes.filter(({ at, level }) => level === 'alarm' && at > site.at - 200_000)).toEqual([]);
  });
});
