// One charge point whose reaction is measured: the built slave on a fake sysfs, charging, alone and in Normal mode. In a
// trial the front end's converter shows that the car has left C, and the fake sysfs takes both times: of that, and of the
// moment at which the coil's line is written off.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { appFile, freePort, LoneParts } from '../../apps/slave/test/lone-parts.js';
import { FrontEnd } from '../front-end/front-end.js';
import type { Inside } from '../front-end/namespace.js';
import { pilotSettings } from '../front-end/translate.js';
import { lineKey } from '../front-end/wiring.js';
import { boardOf } from '../wall/board-of.js';
import { within } from '../wall/within.js';
import { RASPBERRY } from '../wall/wirings.js';
import type { Trial } from './distribution.js';
import type { SetUp } from './setups.js';

/** B under PWM. */
const LEFT = { high_mV: 9000, low_mV: -12_000 };
const WITHIN_ms = 10_000;
/** 9 s pass in 0.45 s; what is missing of the 10 s passes as ever, and the car asks again only then: no contact moves while time hurries. */
const HURRY = { HURRY_TIMES: '20', HURRY_FOR_ms: '450' };
const HURRIED_ms = 500;
/** The fake sysfs is the hardware: nothing but the witness comes before it. */
const HARDWARE = '70';
const PATIENCE_s = 60;

export class MeasuredPoint {
  readonly #parts: LoneParts;
  readonly #frontEnd: FrontEnd;
  readonly #slave: Inside;
  readonly #setUp: SetUp;

  private constructor(parts: LoneParts, frontEnd: FrontEnd, slave: Inside, setUp: SetUp) {
    [this.#parts, this.#frontEnd, this.#slave, this.#setUp] = [parts, frontEnd, slave, setUp];
  }

  static async open(setUp: SetUp): Promise<MeasuredPoint> {
    const parts = new LoneParts();
    const frontEnd = await FrontEnd.open(RASPBERRY);
    execFileSync('chrt', ['--all-tasks', '--fifo', '--pid', HARDWARE, `${frontEnd.namespace.pid}`]);
    const configuration = parts.write('slave.json', {
      site: 'home',
      id: 'left',
      key: 'ab'.repeat(32),
      listen: { port: await freePort() },
      settings: { config: 'socket', loadbl: 'disabled', mode: 'normal', mains_A: 32, max_A: 32 },
      board: { kind: 'linux', file: parts.write('board.json', boardOf(RASPBERRY)) },
      io: setUp.io,
    });
    const words = ['--import', join(import.meta.dirname, 'programs/hurry.mjs'), appFile('slave')];
    const slave = frontEnd.namespace.startInside(process.execPath, [...words, '--config', configuration], HURRY);
    const point = new MeasuredPoint(parts, frontEnd, slave, setUp);
    frontEnd.hands.plug(220);
    frontEnd.hands.connect('C');
    await point.#untilClosed(true);
    return point;
  }

  /** @returns null where it was not in time, or the charge point had opened for another reason */
  async trial(): Promise<Trial | null> {
    await this.#untilClosed(true);
    // Anywhere in the sampling cycle, and long enough for what a closing makes a process do.
    await pause(150 + 100 * Math.random());
    if (!this.#frontEnd.eyes.isClosed()) return null;
    const { namespace, hands, wiring } = this.#frontEnd;
    const key = lineKey(wiring.contactor.enable);
    const set = pilotSettings(wiring, LEFT);
    const reaction = namespace.control.trial({ key, attribute: 'value', text: '0', within_ms: WITHIN_ms, set });
    // The plant's car does what the files have shown already.
    hands.connect('B');
    const { setAt_ns, wroteAt_ns } = await reaction;
    await this.#untilClosed(false);
    // Its feedback is seen open before time hurries.
    await pause(50);
    process.kill(this.#holder(), 'SIGUSR2');
    await pause(HURRIED_ms);
    hands.connect('C');
    return wroteAt_ns === null ? null : { from_ns: setAt_ns, to_ns: wroteAt_ns };
  }

  async close(): Promise<void> {
    this.#slave.child.kill('SIGTERM');
    await this.#slave.ended;
    await this.#frontEnd.close();
    this.#parts.close();
  }

  /** Of the process with the board. */
  #holder(): number {
    const { pid } = this.#slave;
    if (this.#setUp.io.mode === 'inprocess') return pid;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const io = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('io.mjs'));
    if (io === undefined) throw new Error(`the slave has no io process: ${this.#slave.err()}`);
    return Number(io);
  }

  #untilClosed(isClosed: boolean): Promise<void> {
    const { eyes } = this.#frontEnd;
    return within(
      PATIENCE_s,
      () => eyes.isClosed() === isClosed,
      () => `${isClosed ? 'closed' : 'open'}; ${this.#slave.err()}`,
    );
  }
}
