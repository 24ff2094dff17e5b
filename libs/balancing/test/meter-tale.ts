// A tale for the trust: second by second what flows, what our cars draw of it, and what the meter makes of it. Reports come
// four times a second, a sample each second, measured just then.
import { initialTrust, stepTrust, type TrustConfig, type TrustState, type Verdict, verdictOf } from '../src/index.js';
import { mapPhases, type PerPhase, perPhase, PHASES } from '@fairamp/units';

export const CONFIG: TrustConfig = {
  source: 'modbus',
  limit_dA: perPhase(() => 250),
  phases: PHASES,
  generation: 'none',
};

export const on = (L1: number, L2 = 0, L3 = 0): PerPhase<number> => ({ L1, L2, L3 });
export type Meter = (true_dA: PerPhase<number>, second: number) => PerPhase<number>;
export const honest: Meter = (true_dA) => true_dA;

export type Tale = {
  readonly house_dA?: (second: number) => PerPhase<number>;
  readonly cars_dA: (second: number) => PerPhase<number>;
  readonly meter?: Meter;
  readonly signed?: boolean;
  readonly boot?: (second: number) => string;
  readonly config?: Partial<TrustConfig>;
};

/** A house that hums, so that no reading is quite like the one before. */
export const humming = (second: number): PerPhase<number> => on(20 + (second % 3), 31 + (second % 2), 8 + (second % 4));

export class Telling {
  state: TrustState = initialTrust();
  readonly verdicts: Verdict[] = [];

  constructor(private readonly tale: Tale) {}

  get config(): TrustConfig {
    return { ...CONFIG, ...this.tale.config };
  }

  /** @returns the verdict after so many seconds from the beginning */
  until(seconds: number): Verdict {
    while (this.verdicts.length < seconds) this.#tell(this.verdicts.length);
    return this.verdicts[seconds - 1] ?? { level: 'trusted' };
  }

  /** The first second at which that was said. */
  firstly(level: Verdict['level']): number {
    return this.verdicts.findIndex((verdict) => verdict.level === level);
  }

  #tell(second: number): void {
    const { house_dA = humming, cars_dA, meter = honest, signed = false, boot = () => 'one' } = this.tale;
    const cars = cars_dA(second);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const at = second * 1000 + quarter * 250;
      this.state = stepTrust(this.state, { kind: 'cars', at, drawLow_dA: cars, drawHigh_dA: cars }, this.config);
    }
    const at = second * 1000 + 800;
    const house = house_dA(second);
    const current_dA = meter(
      mapPhases(house, (current, phase) => current + cars[phase]),
      second,
    );
    const sample = { kind: 'sample', at, measuredAt: at - 50, boot: boot(second), current_dA, signed } as const;
    this.state = stepTrust(this.state, sample, this.config);
    this.verdicts.push(verdictOf(this.state, at));
  }
}

/** A car on L1 from second 30, more from 50, less from 70. */
export const oneCar = (second: number): PerPhase<number> =>
  on(second < 30 ? 0 : second < 50 ? 60 : second < 70 ? 160 : 100);
export const threePhases = (second: number): PerPhase<number> => perPhase(() => oneCar(second).L1);
export const solar = { signed: true, config: { generation: 'solar' } } as const;
