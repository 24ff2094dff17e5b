// A 2.07 site on a bench: frames are typed in, pilots are set by hand, and what it does to its outlets is read off. For
// what the plant's cars cannot do (a draw that follows the offer of four seconds ago), and for stories of the bus.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { ampsOf, type PilotOutput } from '@fairamp/evse';
import { encodeHdlc, encodeSensorboxFrame } from '@fairamp/protocol';
import { ClassicSite } from '../src/classic/classic-site.js';
import { type OutletCommand } from '../src/outlet.js';
import type { Disturbance, PointConfig, SiteConfig } from '../src/world/system.js';
import { Timeline } from '../src/world/timeline.js';

export type BenchPilot = 'A' | 'B' | 'C' | 'D';
const HIGH_mV: Record<BenchPilot, number> = { A: 12_000, B: 9000, C: 6000, D: 3000 };
const SAMPLE_EVERY_ms = 20;

type BenchOutlet = { pilot: BenchPilot; output: PilotOutput; isClosed: boolean };

export class ClassicBench {
  readonly timeline = new Timeline();
  readonly said: string[] = [];
  /** What went over the bus and to whom, with the second in which it arrived. */
  readonly carried: string[] = [];
  readonly site: ClassicSite;
  /** Wires that are cut: `from>to`. */
  readonly cut = new Set<string>();
  readonly #outlets = new Map<string, BenchOutlet>();

  constructor(config: SiteConfig) {
    for (const { id } of config.points) this.#outlets.set(id, { pilot: 'A', output: { kind: 'X1' }, isClosed: false });
    this.site = new ClassicSite(config, {
      now: () => this.timeline.now,
      schedule: (at, run) => this.timeline.schedule(at, run),
      command: (outlet, command) => this.#command(this.#outlet(outlet), command),
      greet: () => undefined,
      carry: (from, to, what, deliver) => {
        if (this.cut.has(`${from}>${to}`)) return;
        this.carried.push(`${(this.timeline.now / 1000).toFixed(2)} ${what} ${from}>${to}`);
        deliver();
      },
      tell: (fact) => {
        if (fact.kind === 'said') this.said.push(`${fact.who}: ${fact.text}`);
      },
    });
    this.site.start();
    this.#sampleLater();
  }

  show(outlet: string, pilot: BenchPilot): void {
    this.#outlet(outlet).pilot = pilot;
  }

  /** A Sensorbox's frame, complete now. */
  speak(...mains_dA: readonly Deciamps[]): void {
    const counts = [...mains_dA, 0, 0].slice(0, 3).map((current) => current / 3);
    this.site.hearLine(encodeHdlc(encodeSensorboxFrame(counts)));
  }

  /** A frame each 2 s, of what flows then. */
  speakEach2s(mainsAt: (at: Milliseconds) => Deciamps): void {
    this.timeline.schedule(this.timeline.now + 2000, () => {
      this.speak(mainsAt(this.timeline.now));
      this.speakEach2s(mainsAt);
    });
  }

  run(for_ms: Milliseconds): void {
    this.timeline.runUntil(this.timeline.now + for_ms);
  }

  disturb(disturbance: Disturbance): void {
    this.site.disturb(disturbance);
  }

  /** What the pilot offers, in the whole amperes in which 2.07 thinks; 0 without PWM. */
  offered_A(outlet: string): number {
    const { output } = this.#outlet(outlet);
    return output.kind === 'pwm' ? Math.round(ampsOf(output.duty_permille) / 10) : 0;
  }

  isClosed(outlet: string): boolean {
    return this.#outlet(outlet).isClosed;
  }

  /** A car arrives, and wants current as soon as there is PWM. */
  charge(outlet: string): void {
    this.show(outlet, 'B');
    this.run(2500);
    this.show(outlet, 'C');
    this.run(500);
  }

  offers_A(): readonly number[] {
    return [...this.#outlets.keys()].map((id) => this.offered_A(id));
  }

  closed(): readonly string[] {
    return [...this.#outlets.keys()].filter((id) => this.isClosed(id));
  }

  #sampleLater(): void {
    this.timeline.schedule(this.timeline.now + SAMPLE_EVERY_ms, () => {
      for (const [id, { pilot, output }] of this.#outlets) {
        const low_mV = output.kind === 'pwm' ? -12_000 : null;
        this.site.hearOutlet(id, { kind: 'pilot-sampled', high_mV: HIGH_mV[pilot], low_mV });
      }
      this.#sampleLater();
    });
  }

  #command(outlet: BenchOutlet, command: OutletCommand): void {
    if (command.kind === 'set-pilot') outlet.output = command.pilot;
    if (command.kind === 'allow-power') outlet.isClosed = command.on;
  }

  #outlet(id: string): BenchOutlet {
    const outlet = this.#outlets.get(id);
    if (outlet === undefined) throw new Error(`no outlet ${id}`);
    return outlet;
  }
}

/** Master (or a lone module) and slaves, of 32 A each, on 25 A in Smart mode. */
export function benchSite(count: number, change: Partial<SiteConfig> = {}): SiteConfig {
  const points = ['master', 'slave1', 'slave2', 'slave3'].slice(0, count).map((id): PointConfig => {
    return { id, maximum_dA: 320, cable_dA: 320, wired: ['L1', 'L2', 'L3'], failSafe: 'none' };
  });
  const rest = { mainsPhases: ['L1', 'L2', 'L3'], oldestSample_ms: 10_000, masters: 1 } as const;
  return { mode: 'smart', mains_dA: 250, min_dA: 60, points, ...rest, ...change };
}
