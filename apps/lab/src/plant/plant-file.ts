// What the lab writes down for its plant before it starts it, and the physical world that follows from it: which house,
// which cars, how everything is wired.
import { readFileSync } from 'node:fs';
import { FAIL_SAFE_ms } from '@fairamp/board';
import {
  CARS,
  LAB_LIVELINESS,
  livelyStart,
  modelHouse,
  recordedHouse,
  startingAt,
  type CarName,
  type House,
  type OutletConfig,
  type PlantConfig,
} from '@fairamp/simulation';
import { ok, perPhase, PHASES, type PerPhase, type Phase, type Result } from '@fairamp/units';
import { z } from 'zod';

export const plantFile = z.strictObject({
  /** Where the boards connect. */
  socket: z.string(),
  /** The serial server of the Sensorbox's wire, for a bridge in a container of its own; else a pseudo-terminal. */
  serialServer: z.strictObject({ host: z.string(), port: z.int().min(0).max(65_535) }).optional(),
  seed: z.int(),
  mains_dA: z.int(),
  house: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({ kind: z.literal('model') }),
    z.strictObject({ kind: z.literal('recording'), file: z.string() }),
  ]),
  outlets: z.array(
    z.strictObject({
      id: z.string(),
      car: z.enum(Object.keys(CARS) as [CarName, ...CarName[]]),
      /** The actuator of its socket. */
      lock: z.enum(['none', 'solenoid', 'motor']).default('none'),
      /** From the start of the plant, where no lab says when. */
      arrives_s: z.number().min(0).max(86_400).optional(),
      /** Conductor of the mains at each terminal. */
      wired: z.tuple([z.enum(['L1', 'L2', 'L3']), z.enum(['L1', 'L2', 'L3']), z.enum(['L1', 'L2', 'L3'])]),
    }),
  ),
});
export type PlantFile = z.infer<typeof plantFile>;

/** 220 Ohm: a cable for 32 A (quick manual 2.07). */
const CABLE_OHM = 220;
/** One frame in twenty after a little noise, one in fifty broken off: a bus that is no worse than most. */
const LINE = { noise: 0.05, broken: 0.02 } as const;
/** As long as the slowest contactor takes: no deadline of the plant is missed by more than this. */
const SLICE_ms = 50;
/** Each car's minimum, and a little to play in (simulation, LAB_CEILING_dA). */
const MINIMUM_dA = 60;
const PLAY_dA = 40;

export function houseOf({ house, seed, mains_dA, outlets }: PlantFile): Result<House, string> {
  switch (house.kind) {
    case 'none':
      return ok({
        label: 'no house: these mains are for the cars alone',
        duration_ms: 1000,
        currentsAt: () => perPhase(() => 0),
      });
    case 'model':
      return ok(lively(modelHouse(seed), mains_dA, outlets.length));
    case 'recording': {
      const recorded = recordedHouse(readFileSync(house.file, 'utf8'), seed);
      return recorded.ok ? ok(lively(recorded.value, mains_dA, outlets.length)) : recorded;
    }
  }
}

/** Begun where something happens soon and every car's minimum still fits; in these mains there may be no such place. */
function lively(house: House, mains_dA: number, cars: number): House {
  const ceiling_dA = mains_dA - cars * MINIMUM_dA - PLAY_dA;
  return startingAt(house, livelyStart(house, { ...LAB_LIVELINESS, ceiling_dA }));
}

export function plantConfigOf({ seed, mains_dA, outlets }: PlantFile, house: House): PlantConfig {
  return {
    house,
    limit_dA: mains_dA,
    sensorbox: { seed, ...LINE, make: 'real' },
    slice_ms: SLICE_ms,
    outlets: outlets.map(({ id, car, lock, wired }, index): OutletConfig => {
      return {
        id,
        seed: seed + index,
        wiring: wiringOf(wired),
        car: CARS[car],
        cable_ohm: CABLE_OHM,
        failSafe_ms: FAIL_SAFE_ms,
        contactor_ms: 30,
        source_mV: 12_000,
        sampleEvery_ms: 20,
        proximityEvery_ms: 500,
        fittings: { lock, hasSwitch: true, residual: 'tested', hasThermometer: true },
      };
    }),
  };
}

function wiringOf(wired: readonly Phase[]): PerPhase<Phase> {
  return perPhase((terminal) => wired[PHASES.indexOf(terminal)] ?? terminal);
}
