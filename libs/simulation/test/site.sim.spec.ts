// Stories of one small site in the closed loop of the simulator: three cars of 16 A on one phase of 32 A beside a house
// of 4 A, all charging by the second 110. In the second 120 something is done to it. What has to stop stops, what need
// not stop goes on, what is over is forgotten, and no checker speaks.
import type { Deed, Episode } from '../src/scenario/draw-faults.js';
import { drawWorld } from '../src/scenario/draw.js';
import type { Row } from '../src/picture/recording.js';
import { simulateWorld } from '../src/simulate.js';
import { PATIENCE_ms } from './every-scenario.js';
import { scenarioNamed } from './scenario-files.js';

const DONE_s = 120;
type Deeds = { readonly begin: Deed; readonly end: Deed; readonly for_s: number };
const killed = (who: string, for_s: number): Deeds => {
  return { begin: { kind: 'kill', who }, end: { kind: 'start', who }, for_s };
};
const frozen = (who: string, for_s: number): Deeds => {
  return { begin: { kind: 'freeze', who }, end: { kind: 'thaw', who }, for_s };
};
const cut = (who: string, for_s: number): Deeds => {
  const begin = { kind: 'cut', who, cut: { direction: 'both', holds: false } } as const;
  return { begin, end: { kind: 'join', who }, for_s };
};
const brokerKilled = (for_s: number): Deeds => {
  return { begin: { kind: 'kill', who: 'broker' }, end: { kind: 'start-broker', retained: 'lost' }, for_s };
};
const FOR_GOOD_s = 3600;

/** What became of the site: which charge points had their contactor closed when, and what flowed. */
function told(deeds: Deeds | null, { seconds = 240, patch = {} }: { seconds?: number; patch?: object } = {}) {
  const scenario = scenarioNamed('master-away', { house: { script: [] }, faults: [] }, patch);
  const from = DONE_s * 1000;
  const episodes: readonly Episode[] =
    deeds === null ? [] : [{ ...deeds, from, to: from + deeds.for_s * 1000, text: 'it happens', over: 'it is over' }];
  const config = { ...drawWorld(scenario, 1, seconds * 1000), episodes };
  const { outcome, recording } = simulateWorld(config, { strategy: 'fairamp', rowsEach_ms: 1000 });
  const rows = recording?.rows ?? [];
  const during = (first: number, last: number): readonly Row[] =>
    rows.filter(({ at }) => at >= first * 1000 && at < (last + 1) * 1000);
  /** In every row of these seconds: the numbers of the charge points whose contactor is closed; each set once. */
  const closed = (first: number, last = first): readonly string[] => [
    ...new Set(
      during(first, last).map(({ points }) => points.map(({ isClosed }, i) => (isClosed ? i + 1 : '')).join('')),
    ),
  ];
  const mains_dA = (first: number, last = first): number =>
    Math.max(...during(first, last).map((row) => row.mains_dA.L1));
  const draw_dA = (point: number, second: number): number =>
    during(second, second)[0]?.points[point - 1]?.draw_dA.L1 ?? NaN;
  expect(outcome.violations).toEqual([]);
  return { outcome, closed, mains_dA, draw_dA };
}

const story = (title: string, tell: () => void): void => test(title, tell, PATIENCE_ms);

describe('a site to which nothing is done', () => {
  story('uses its mains, and never more', () => {
    const { closed, mains_dA } = told(null);
    expect(closed(110, 239)).toEqual(['123']);
    expect(mains_dA(150, 239)).toBeLessThanOrEqual(325);
    expect(mains_dA(239)).toBeGreaterThan(300);
  });

  story('gives a lone car of 16 A on one phase 613 Wh in ten minutes', () => {
    const lone = { site: { points: 1 }, cars: { visits: [{ point: 1, at_s: 25, for_s: 3600 }] } };
    const [early, late] = [300, 900].map((seconds) => told(null, { seconds, patch: lone }).outcome.energy_Wh);
    expect(Math.abs(late! - early! - 613)).toBeLessThanOrEqual(10);
  });
});

describe('the master is killed', () => {
  story('and within 18 s nobody draws any more; 17 s and a little after its return they charge again', () => {
    const { closed, mains_dA } = told(killed('master', 40));
    expect(closed(DONE_s, DONE_s + 3)).toEqual(['123']);
    expect(closed(DONE_s + 18, 160 + 16)).toEqual(['']);
    expect(mains_dA(DONE_s + 18, 160 + 16)).toBe(40);
    expect(closed(220, 239)).toEqual(['123']);
  });

  story('and is back before the leases end: nobody notices', () => {
    expect(told(killed('master', 3)).closed(DONE_s, 239)).toEqual(['123']);
  });

  story('and a standby takes over before the leases end: nobody notices, though it is gone for good', () => {
    const { closed, draw_dA } = told(killed('master', FOR_GOOD_s), { patch: { site: { masters: 2 } } });
    expect(closed(DONE_s, 239)).toEqual(['123']);
    expect([1, 2, 3].every((point) => draw_dA(point, 239) >= 60)).toBe(true);
  });
});

describe('the second charge point is killed', () => {
  story('its board opens the contactor within 6 s, and the others go on', () => {
    const { closed } = told(killed('slave2', 40));
    expect(closed(DONE_s + 7, DONE_s + 39)).toEqual(['13']);
    expect(closed(230, 239)).toEqual(['123']);
  });

  story('and in the end the others have its amperes', () => {
    const { draw_dA } = told(killed('slave2', FOR_GOOD_s));
    const [before, after] = [115, 239].map((second) => draw_dA(1, second) + draw_dA(3, second));
    expect(after! - before!).toBeGreaterThan(50);
  });

  story('where nothing opens its contactor, its car draws on, and nobody else gets its amperes', () => {
    const { closed, draw_dA, mains_dA } = told(killed('slave2', FOR_GOOD_s), {
      patch: { site: { failSafe: ['none'] } },
    });
    expect(closed(DONE_s, 239)).toEqual(['123']);
    expect(Math.abs(draw_dA(2, 239) - draw_dA(2, DONE_s))).toBeLessThanOrEqual(1);
    expect(mains_dA(150, 239)).toBeLessThanOrEqual(325);
  });
});

describe('the bridge is killed', () => {
  story('and nobody draws without a measurement; when it is back, they charge again', () => {
    const { closed } = told(killed('bridge', 40));
    expect(closed(DONE_s, DONE_s + 3)).toEqual(['123']);
    expect(closed(DONE_s + 18, DONE_s + 40)).toEqual(['']);
    expect(closed(230, 239)).toEqual(['123']);
  });

  story('and is back within some seconds: nobody notices', () => {
    expect(told(killed('bridge', 3)).closed(DONE_s, 239)).toEqual(['123']);
  });
});

describe('wires', () => {
  story('the broker is away for 40 s: everybody stops, and goes on with one that has forgotten everything', () => {
    const { closed } = told(brokerKilled(40));
    expect(closed(DONE_s + 18, DONE_s + 40)).toEqual(['']);
    expect(closed(230, 239)).toEqual(['123']);
  });

  story('the first charge point is cut off: it stops by itself, alone, and goes on when it is joined', () => {
    const { closed } = told(cut('slave1', 40));
    expect(closed(DONE_s + 18, DONE_s + 40)).toEqual(['23']);
    expect(closed(230, 239)).toEqual(['123']);
  });
});

describe('a process stands still', () => {
  story('the master: as if it were dead, and what it says after it goes on starts nobody too early', () => {
    const { closed } = told(frozen('master', 40));
    expect(closed(DONE_s + 18, DONE_s + 40)).toEqual(['']);
    expect(closed(230, 239)).toEqual(['123']);
  });

  story('a charge point: what watches it opens its contactor', () => {
    expect(told(frozen('slave3', 40)).closed(DONE_s + 7, DONE_s + 39)).toEqual(['12']);
  });
});

describe('the house takes 12 A more', () => {
  const STEP = { house: { script: [{ at_s: DONE_s, for_s: 60, by_A: 12, on: ['L1'] }] } };

  story('the cars give way within 9.5 s, the fewest of them pause, and all are back afterwards', () => {
    const { closed, mains_dA } = told(null, { seconds: 400, patch: STEP });
    expect(mains_dA(DONE_s + 1, DONE_s + 2)).toBeGreaterThan(400);
    expect(mains_dA(DONE_s + 10, DONE_s + 59)).toBeLessThanOrEqual(325);
    expect(closed(DONE_s + 20, DONE_s + 30).map((points) => points.length)).toEqual([2]);
    expect(closed(399)).toEqual(['123']);
  });
});
