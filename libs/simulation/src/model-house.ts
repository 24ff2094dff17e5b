// The built-in household, for a place without a recording: appliances that switch, drawn from a seed, minute by
// minute for five days, then over again. Its habits are tuned so that its statistics resemble a recorded house of five winter days (mean
// 6.8 A, highest 34.6 A on one phase; test/house/model-house.spec.ts holds the figures), each phase being such a house
// on a day of its own. The habits are invented; only the figures that the test names are real.
import { type Deciamps, type PerPhase, PHASES, clamp, perPhase } from '@fairamp/units';
import { type Draws, type Seed, drawsFrom } from './random.js';

export const MODEL_DAYS = 5;
const MINUTES_A_DAY = 1440;
/** The recorded house never drew more on a phase. */
const HIGHEST_dA: Deciamps = 346;

/** One appliance is on, from and to in minutes of the day with their fractions. */
type Use = { readonly from: number; readonly to: number; readonly current_dA: Deciamps };
type Day = { readonly draws: Draws; readonly isCold: boolean };

/** The mean of each minute of five days, as a recorder would have written it. */
export function modelMinutes(seed: Seed): PerPhase<readonly Deciamps[]> {
  return perPhase((phase) =>
    Array.from({ length: MODEL_DAYS }, (_, day) => {
      const draws = drawsFrom(seed, PHASES.indexOf(phase), day);
      // One day in five of the recording was cold and busy, with twice the mean of the others; not the same on each phase.
      return minutesOf(usesOf({ draws, isCold: (day + 2 * PHASES.indexOf(phase)) % MODEL_DAYS === MODEL_DAYS - 1 }));
    }).flat(),
  );
}

function usesOf(day: Day): readonly Use[] {
  return [standby, fridge, heating, waterHeater, lights, cooking, laundry, moments].flatMap((habit) => habit(day));
}

function minutesOf(uses: readonly Use[]): readonly Deciamps[] {
  const minutes = new Array<number>(MINUTES_A_DAY).fill(0);
  for (const { from, to, current_dA } of uses) {
    for (let minute = Math.floor(from); minute < Math.min(to, MINUTES_A_DAY); minute += 1) {
      const share = Math.min(to, minute + 1) - Math.max(from, minute);
      minutes[minute] = (minutes[minute] ?? 0) + share * current_dA;
    }
  }
  return minutes.map((current_dA) => clamp(Math.round(current_dA), 0, HIGHEST_dA));
}

function standby(): readonly Use[] {
  return [{ from: 0, to: MINUTES_A_DAY, current_dA: 10 }];
}

/** On and off in turn between two minutes of the day. */
function cycles(between: readonly [number, number], cycle: () => { on: number; off: number; current_dA: number }) {
  const uses: Use[] = [];
  for (let from = between[0]; from < between[1];) {
    const { on, off, current_dA } = cycle();
    uses.push({ from, to: Math.min(from + on, between[1]), current_dA });
    from += on + off;
  }
  return uses;
}

function fridge({ draws }: Day): readonly Use[] {
  return cycles([draws.between(0, 40), MINUTES_A_DAY], () => ({
    on: draws.between(12, 25),
    off: draws.between(25, 50),
    current_dA: draws.between(5, 8),
  }));
}

/** A heat pump of 4.4 A that runs in long stretches by day, and through a cold day together with a second heater. */
function heating({ draws, isCold }: Day): readonly Use[] {
  const begins = isCold ? 0 : draws.between(340, 400);
  const main = cycles([begins, isCold ? MINUTES_A_DAY : draws.between(1300, 1430)], () => ({
    on: draws.between(60, 220),
    off: isCold ? 3 : draws.between(30, 170),
    current_dA: 44,
  }));
  if (!isCold) return main;
  const second = cycles([draws.between(0, 60), MINUTES_A_DAY], () => ({
    on: draws.between(20, 120),
    off: draws.between(5, 50),
    current_dA: draws.between(35, 85),
  }));
  return [...main, ...second];
}

/** By night, when current is cheap. */
function waterHeater({ draws }: Day): readonly Use[] {
  const from = draws.between(5, 150);
  return draws.happens(0.6) ? [{ from, to: from + draws.between(80, 160), current_dA: draws.between(85, 115) }] : [];
}

function lights({ draws }: Day): readonly Use[] {
  const evening = Array.from({ length: 7 }, () => {
    const from = draws.between(1035, 1220);
    return { from, to: from + draws.between(40, 240), current_dA: draws.between(3, 11) };
  });
  const morning = draws.between(380, 430);
  // A fan heater in the living room, most evenings.
  const room = draws.between(1060, 1090);
  const heater = { from: room, to: room + draws.between(100, 260), current_dA: draws.between(30, 75) };
  return [
    ...evening,
    ...(draws.happens(0.7) ? [heater] : []),
    { from: morning, to: morning + draws.between(60, 150), current_dA: draws.between(5, 30) },
  ];
}

/** An oven and a hob keep their heat by switching; the evening's meal, often noon's. */
function cooking({ draws, isCold }: Day): readonly Use[] {
  const noon = draws.between(660, 740);
  const evening = draws.between(1080, 1150);
  const meals = [...(draws.happens(isCold ? 0.9 : 0.4) ? [noon] : []), evening];
  return meals.flatMap((begins) => {
    const oven = cycles([begins, begins + draws.between(30, 70)], () => ({
      on: draws.between(2, 9),
      off: draws.between(1, 6),
      current_dA: 78,
    }));
    const hob = cycles([begins + draws.between(5, 20), begins + draws.between(30, 50)], () => ({
      on: draws.between(2, 8),
      off: draws.between(1, 4),
      current_dA: draws.between(25, 70),
    }));
    return [...oven, ...hob];
  });
}

/** Washing machine or dishwasher: heats, turns, heats again, turns. */
function laundry({ draws, isCold }: Day): readonly Use[] {
  const loads = Math.floor(draws.between(isCold ? 1 : 0, isCold ? 4 : 3));
  return Array.from({ length: loads }, () => {
    const from = draws.between(540, 1290);
    const heats = draws.between(12, 30);
    const turns = draws.between(15, 40);
    const again = from + heats + turns;
    return [
      { from, to: from + heats, current_dA: draws.between(80, 95) },
      { from, to: again + 30, current_dA: draws.between(5, 15) },
      { from: again, to: again + draws.between(8, 20), current_dA: draws.between(80, 95) },
    ];
  }).flat();
}

/** Kettle, microwave, hair dryer, vacuum cleaner; and the small things that make a minute differ from the last. */
function moments({ draws }: Day): readonly Use[] {
  const large = Array.from({ length: 9 }, () => {
    const from = draws.happens(0.4) ? draws.between(390, 540) : draws.between(540, 1380);
    return { from, to: from + draws.between(1, 5), current_dA: draws.between(30, 90) };
  });
  const small = Array.from({ length: 130 }, () => {
    const from = draws.between(380, MINUTES_A_DAY);
    return { from, to: from + draws.between(2, 18), current_dA: draws.between(1, 8) };
  });
  return [...large, ...small];
}
