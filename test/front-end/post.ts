// A plain program at the files of a front end, with words for what it does there. It is no board: it drives and reads
// what it is told to, and judges nothing.
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '@fairamp/units';
import { AtFiles, until } from './at-files.js';
import type { FrontEnd } from './front-end.js';
import { pilotCounts, type Line, type Signal, type Wiring } from './wiring.js';

const GPIO = '/sys/class/gpio';
const PERIOD_ns = 1_000_000;
/** A board's half way between two levels is 1.5 V. */
export const NEAR_mV = 700;
const LONG_ms: Milliseconds = 500;

/** A front end, and a plain program at its files. */
export class Post {
  readonly files: AtFiles;
  readonly #exported = new Set<number>();

  constructor(readonly frontEnd: FrontEnd) {
    this.files = new AtFiles(frontEnd.namespace);
  }

  get wiring(): Wiring {
    return this.frontEnd.wiring;
  }

  async drive(signal: Signal, isSo: boolean): Promise<void> {
    const folder = await this.#folderOf(signal);
    await this.files.write(`${folder}/direction`, (isSo ? signal.active : 1 - signal.active) === 1 ? 'high' : 'low');
  }

  async isSo(signal: Signal): Promise<boolean> {
    return Number(await this.files.read(`${await this.#folderOf(signal)}/value`)) === signal.active;
  }

  async raw(channel: number): Promise<number> {
    return Number(await this.files.read(`/sys/bus/iio/devices/iio:device0/in_voltage${channel}_raw`));
  }

  /** Permille of high; the pilot's driver is switched on with it. */
  async pilot(high_permille: number): Promise<void> {
    const { pwmChips, pilot } = this.wiring;
    const chip = `/sys/class/pwm/pwmchip${pwmChips.findIndex(({ device }) => device === pilot.pwm.device)}`;
    const channel = `${chip}/pwm${pilot.pwm.channel}`;
    if ((await this.files.read(`${channel}/period`)) === 'ENOENT') {
      await this.files.write(`${chip}/export`, pilot.pwm.channel);
      await this.files.write(`${channel}/period`, PERIOD_ns);
    }
    await this.files.write(`${channel}/duty_cycle`, high_permille * 1000);
    await this.files.write(`${channel}/enable`, 1);
    if (pilot.drive !== undefined) await this.drive(pilot.drive, true);
  }

  /** What the detectors show after a reset: within 0.7 V of both levels, or not. */
  async shows(high_mV: number, low_mV: number): Promise<boolean> {
    const { positive, negative } = this.wiring.pilot;
    const near = (counts: number, line_mV: number): boolean =>
      counts > pilotCounts(this.wiring, line_mV - NEAR_mV) && counts < pilotCounts(this.wiring, line_mV + NEAR_mV);
    for (const { reset } of [positive, negative]) {
      await this.drive(reset, true);
      await this.drive(reset, false);
    }
    await pause(2 * (this.wiring.pilot.settle_us / 1000));
    return near(await this.raw(positive.channel), high_mV) && near(await this.raw(negative.channel), low_mV);
  }

  untilShows(high_mV: number, low_mV: number): Promise<void> {
    return until(() => this.shows(high_mV, low_mV), `${high_mV} and ${low_mV} mV on the pilot`);
  }

  /** A pulse now and then until it is so: a coil that needs them has them meanwhile. */
  async untilFeedback(isClosed: boolean): Promise<void> {
    const { feedback } = this.wiring.contactor;
    await until(
      async () => {
        await this.pulse();
        return (await this.isSo(feedback)) === isClosed;
      },
      `the feedback says ${isClosed ? 'closed' : 'open'}`,
    );
    expect(this.frontEnd.eyes.isClosed()).toBe(isClosed);
  }

  async pulse(): Promise<void> {
    const { heartbeat } = this.wiring.contactor;
    if (heartbeat === undefined) return;
    await this.drive({ ...heartbeat.line, active: 1 }, true);
    await this.drive({ ...heartbeat.line, active: 1 }, false);
  }

  async close(): Promise<void> {
    await this.drive(this.wiring.contactor.enable, true);
    await this.untilFeedback(true);
  }

  /** For a while in which any contactor, bolt or monitor would have moved. */
  async staysClosed(isClosed: boolean): Promise<boolean> {
    const end = performance.now() + LONG_ms;
    let isSo = true;
    while (performance.now() < end) {
      await this.pulse();
      isSo &&= (await this.isSo(this.wiring.contactor.feedback)) === isClosed;
    }
    return isSo;
  }

  /** What tells of the bolt: a level or a count. */
  async lockReading(): Promise<number> {
    const { lock } = this.wiring;
    return lock.kind === 'solenoid' ? Number(await this.isSo(lock.locked)) : this.raw(lock.feedback.channel);
  }

  async #folderOf(line: Line): Promise<string> {
    const base = this.wiring.gpioChips.find(({ label }) => label === line.chip)?.base ?? NaN;
    const number = base + line.offset;
    if (!this.#exported.has(number)) await this.files.write(`${GPIO}/export`, number);
    this.#exported.add(number);
    return `${GPIO}/gpio${number}`;
  }
}
