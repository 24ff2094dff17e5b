import { encodeMessage, reportTopic, type Unsigned } from '@fairamp/protocol';
import type { Need } from '@fairamp/balancing';
import { MAINS, perPhase } from '@fairamp/units';
import { PLAIN_POINT, PLAIN_SITE } from './plain.js';
import { initialMaster, stepMaster } from './master-node.js';
import type { MasterConfig } from './types.js';

const key = new Uint8Array(32).fill(1);
const config: MasterConfig = {
  site: 'home',
  id: 'main',
  mode: 'normal',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: ['L1', 'L2', 'L3'],
  bridge: null,
  roster: [{ ...PLAIN_POINT, id: 'left', key, maximum_dA: 320, failSafe: 'heartbeat', fallback_dA: 0 }],
  oldestSample_ms: 10_000,
  ...PLAIN_SITE,
};

type Told = Partial<Unsigned<'report'>>;
const charging: Told = { session: 'charging', pilot: 'C', contactor: 'closed' };
const offering: Told = { session: 'offering', pilot: 'B' };
const gone: Told = { session: 'idle', pilot: 'A', demand_dA: 0 };

function hear(told: readonly (readonly [at: number, told: Told])[]) {
  let state = initialMaster({ count: 1, boot: '00000000000000aa' }, 0, config);
  const alarms: string[] = [];
  for (const [at, changes] of told) {
    const body: Unsigned<'report'> = {
      from: 'left',
      boot: '0000000000000001',
      seq: at,
      t: at,
      session: 'connected',
      pilot: 'B',
      contactor: 'open',
      lease: null,
      fallback: null,
      draw_dA: perPhase(() => 0),
      drawLow_dA: perPhase(() => 0),
      demand_dA: 320,
      demandBecause: 'setting-max',
      phases: ['L1'],
      faults: [],
      failSafe: 'heartbeat',
      ...changes,
    };
    const payload = encodeMessage('report', body, { site: 'home', key });
    const topic = reportTopic('home', 'left');
    const stepped = stepMaster(state, { kind: 'message', at, topic, payload, retained: false }, config);
    state = stepped.state;
    for (const output of stepped.outputs) if (output.kind === 'note') alarms.push(output.key);
  }
  return { record: state.slaves['left'], alarms };
}

describe('what a charge point needs', () => {
  test.each<[string, readonly (readonly [number, Told])[], Need]>([
    ['no car', [[100, gone]], 'none'],
    ['a car that has just come', [[100, {}]], 'starting'],
    [
      'a car that is offered current and has not asked yet',
      [
        [100, offering],
        [20_000, offering],
      ],
      'starting',
    ],
    ['a car that charges', [[100, charging]], 'charging'],
    [
      'one that stopped a moment ago, or was pulled out and put in again',
      [
        [100, charging],
        [300, offering],
      ],
      'starting',
    ],
    [
      'one that leaves its offer unused for 10 s',
      [
        [100, charging],
        [300, offering],
        [10_300, offering],
      ],
      'resting',
    ],
    [
      'one that was paused for a minute and has not asked yet in the first seconds of its next offer',
      [
        [100, charging],
        [60_000, {}],
        [61_000, offering],
        [62_000, offering],
      ],
      'starting',
    ],
    [
      'one that was stopped by us, and asks again',
      [
        [100, charging],
        [20_000, {}],
      ],
      'starting',
    ],
    [
      'one that rests and is offered nothing any more',
      [
        [100, charging],
        [300, offering],
        [10_300, offering],
        [12_000, {}],
      ],
      'resting',
    ],
    [
      'one that rested and asks again',
      [
        [100, charging],
        [300, offering],
        [10_300, offering],
        [12_000, { ...offering, pilot: 'C' }],
      ],
      'starting',
    ],
    [
      'another car after one that had enough',
      [
        [100, charging],
        [10_100, gone],
        [20_000, offering],
      ],
      'starting',
    ],
    ['a car under a fault', [[100, { faults: ['diode'] }]], 'none'],
    ['a car whose link is silent: only a grant can mend that', [[100, { faults: ['no-serial-com'] }]], 'starting'],
    ['a car that asks for ventilation where there is none', [[100, { pilot: 'D', demand_dA: 0 }]], 'none'],
    ['one that asks for it where there is', [[100, { pilot: 'D' }]], 'starting'],
    ['a car whose charge point nobody has granted', [[100, { session: 'denied' }]], 'none'],
    ['a car that a person has stopped', [[100, { session: 'stopped' }]], 'none'],
  ])('%s', (_case, told, need) => {
    expect(hear(told).record?.need).toBe(need);
  });
});

test.each<[string, Told, boolean]>([
  ['a closed contactor', { contactor: 'closed' }, false],
  ['one that hangs together', { contactor: 'closed', faults: ['contactor'] }, true],
  ['one that does not close', { contactor: 'open', faults: ['contactor'] }, false],
  ['another fault', { contactor: 'closed', faults: ['diode'] }, false],
])('I12: %s is noted in the book', (_, told, isWelded) => {
  expect(hear([[100, told]]).record?.page.isWelded).toBe(isWelded);
});

describe('the draw that answers a sample (leases.md B7)', () => {
  const lease = { epoch: { count: 1, boot: '00000000000000aa' }, n: 1, limit_dA: 0, endsAt_t: 9_000 };
  const drawing = (dA: number): Told => ({ lease, drawLow_dA: perPhase(() => dA) });

  test('is that of the first answer: a later one may show a car that has obeyed since', () => {
    // The report of 1,100 ms brings about the first grant.
    const { record } = hear([
      [1_100, charging],
      [1_200, drawing(160)],
      [1_300, drawing(60)],
    ]);
    expect(record?.answers[MAINS]?.low_dA).toEqual(perPhase(() => 160));
  });

  test('is none before an answer', () => {
    expect(hear([[1_100, charging]]).record?.answers[MAINS]?.low_dA).toBeNull();
  });
});

test('a meter that says nothing for a while has not told that nothing is drawn', () => {
  const drawing = { ...charging, draw_dA: perPhase(() => 160) };
  const { record } = hear([
    [1_000, drawing],
    [2_000, { ...charging, draw_dA: null }],
    [3_000, drawing],
  ]);
  expect(record?.draws.map(({ at }) => at)).toEqual([1_000, 3_000]);
});

describe('the fail-safe of a board', () => {
  test.each([
    ['as the roster says', 'heartbeat', 'heartbeat', []],
    ['weaker than the roster says: the weaker counts, and a person is told', 'none', 'none', ['fail-safe left']],
  ] as const)('I2: %s', (_case, failSafe, counts, alarms) => {
    const heard = hear([[100, { failSafe }]]);
    expect(heard.record?.page.device.failSafe).toBe(counts);
    expect(heard.alarms).toEqual(alarms);
  });

  test('I2: what a board says cannot make it stronger than the roster', () => {
    const heard = hear([
      [100, { failSafe: 'none' }],
      [200, { failSafe: 'heartbeat' }],
    ]);
    expect(heard.record?.page.device.failSafe).toBe('none');
  });
});
