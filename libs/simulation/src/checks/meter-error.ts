// What a meter may be wrong by, for every checker that compares the truth with what somebody decided on a reading. Our
// meters deviate by 0.3 % with no tail beyond 3.47 deviations: 1.1 %; the Sensorbox adds a twentieth of a count of its
// converter with the same tail (0.5 dA), and each of truth, bridge and meter rounds to a deciampere.
import type { Deciamps } from '@fairamp/units';

/** Of each reading. */
export const READING_ERROR = 0.011;
/** Beside it: converter and roundings. */
export const ROUNDING_dA: Deciamps = 3;

/** How far a mains reading may be from the truth. */
export function readingError(current_dA: Deciamps): Deciamps {
  return ROUNDING_dA + READING_ERROR * Math.abs(current_dA);
}

/** Of a charge point's own meter, which is read in whole deciamperes. */
const METER_ROUNDING_dA = 0.5;

/** How far the house may be off that follows from a mains reading less the draws that so many charge points told. */
export function houseError(house_dA: Deciamps, cars_dA: Deciamps, chargePoints: number): Deciamps {
  return readingError(house_dA + cars_dA) + READING_ERROR * cars_dA + METER_ROUNDING_dA * chargePoints;
}
