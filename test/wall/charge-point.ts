// A charge point as a product runs it, on the fake sysfs: the built slave with its io process on the Linux board, inside
// the namespace of a front end; its bridge and the lab's Sensorbox outside; a person at its MQTT values. And what a
// service manager does for it: starting it, and the command that it runs when it has ended (ExecStopPost).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardSchema, safeOutputsOf, safeText } from '@fairamp/board';
import type { MqttClient } from 'mqtt';
import { appFile, connected, freePort, LoneParts, ROOT, values, type Plant } from '../../apps/slave/test/lone-parts.js';
import { FrontEnd } from '../front-end/front-end.js';
import type { Inside } from '../front-end/namespace.js';
import type { Wiring } from '../front-end/wiring.js';
import { isActive } from '../front-end/translate.js';
import { lineKey } from '../front-end/wiring.js';
import { boardOf } from './board-of.js';
import { Twin, TWIN } from './twin.js';
import { holdsFor, within } from './within.js';

const BOARD_FILE = 'board.json';
const KEY = 'ab'.repeat(32);
const BRIDGE = { id: 'meter', key: 'cd'.repeat(32) };
/** No house at the start: what it draws is what a test says. */
const WORLD = {
  house: { kind: 'none' },
  outlets: [{ id: TWIN, car: 'single-phase', wired: ['L1', 'L2', 'L3'] }],
};
export const MAINS_A = 25;
const SETTINGS = { config: 'socket', loadbl: 'disabled', mode: 'smart', mains_A: MAINS_A, max_A: 32, rcmon: 'enabled' };
/** 17 s in which a new decider raises nobody, the test of a monitor, a lock, and a slow start: all of it twice. */
const CHARGING_WITHIN_s = 60;

/** The coil's line, as the fake sysfs saw it change. */
export type CoilMove = { readonly at_ns: number; readonly isOn: boolean };

export class ChargePoint {
  readonly coilMoves: CoilMove[] = [];
  readonly frontEnd: FrontEnd;
  readonly #parts: LoneParts;
  readonly #plant: Plant;
  readonly #twin: Twin;
  readonly #configuration: string;
  readonly #safeFile: string;
  readonly port: number;
  #slave: Inside | null = null;
  #ioPids: number[] = [];
  #client: MqttClient | null = null;
  #seen = new Map<string, string>();

  private constructor(frontEnd: FrontEnd, parts: LoneParts, plant: Plant, port: number) {
    this.frontEnd = frontEnd;
    this.#parts = parts;
    this.#plant = plant;
    this.#twin = new Twin(plant.socket, frontEnd.eyes);
    this.port = port;
    const { enable } = frontEnd.wiring.contactor;
    frontEnd.namespace.control.onTold((told) => {
      if (told.kind !== 'level' || told.key !== lineKey(enable)) return;
      const isOn = isActive(enable, new Map([[told.key, told.level]]));
      this.coilMoves.push({ at_ns: told.at_ns, isOn });
    });
    const board = boardOf(frontEnd.wiring);
    const lock = frontEnd.wiring.lock.kind === 'solenoid' ? 'solenoid' : 'motor';
    this.#configuration = parts.write('slave.json', {
      site: 'home',
      id: 'left',
      key: KEY,
      listen: { port, viewers: 'anonymous' },
      settings: { ...SETTINGS, lock },
      bridge: BRIDGE,
      board: { kind: 'linux', file: parts.write(BOARD_FILE, board) },
    });
    this.#safeFile = join(parts.folder, 'board.safe');
    writeFileSync(this.#safeFile, safeText(safeOutputsOf(boardSchema.parse(board))));
  }

  /** With everything around it, and without its slave. */
  static async open(wiring: Wiring): Promise<ChargePoint> {
    const parts = new LoneParts();
    const frontEnd = await FrontEnd.open(wiring);
    const [plant, port] = await Promise.all([parts.startPlant(WORLD), freePort()]);
    parts.start('sensorbox-bridge', {
      site: 'home',
      ...BRIDGE,
      broker: `mqtt://127.0.0.1:${port}`,
      port: plant.meter,
    });
    return new ChargePoint(frontEnd, parts, plant, port);
  }

  /** As its service manager would: safe first, unless it is to find what was there. */
  async start({ isPrepared = true, isHeard = true, program = '' } = {}): Promise<void> {
    if (isPrepared) await this.makeSafe();
    this.#seen.clear();
    const preloaded = program === '' ? [] : ['--import', join(import.meta.dirname, 'programs', program)];
    const words = [...preloaded, appFile('slave'), '--config', this.#configuration];
    this.#slave = this.frontEnd.namespace.startInside(process.execPath, words);
    if (!isHeard || this.#client !== null) return;
    this.#client = await connected(this.port);
    this.#seen = await values(this.#client);
  }

  /** ExecStartPre and ExecStopPost: outside of our processes, inside the namespace. @returns its exit code */
  async makeSafe(): Promise<number | NodeJS.Signals> {
    const script = join(ROOT, 'deploy/safe-state.sh');
    return this.frontEnd.namespace.startInside('/bin/sh', [script, this.#safeFile]).ended;
  }

  get folder(): string {
    return this.#parts.folder;
  }

  /** The next start finds this description instead. */
  describe(board: object): void {
    this.#parts.write(BOARD_FILE, board);
  }

  /** @throws when the command fails */
  async inside(command: string, ...args: readonly string[]): Promise<void> {
    const run = this.frontEnd.namespace.startInside(command, args);
    const code = await run.ended;
    if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${code}: ${run.err()}`);
  }

  get slave(): Inside {
    if (this.#slave === null) throw new Error('the slave has not been started');
    return this.#slave;
  }

  /** The child of the slave that holds the board. */
  ioPid(): number {
    const { pid } = this.slave;
    const found = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('io.mjs'));
    if (found === undefined) throw new Error(`the slave ${pid} has no io process: ${this.slave.err()}`);
    this.#ioPids = [...this.#ioPids, Number(found)];
    return Number(found);
  }

  /** The slave, and every io process that a test has asked for. */
  hasEnded(): boolean {
    const { child } = this.slave;
    return (child.exitCode !== null || child.signalCode !== null) && !this.#ioPids.some(isIo);
  }

  /** A value for people, as the slave has published it. */
  value(name: string): string | undefined {
    return this.#seen.get(`slave/left/${name}`);
  }

  /** On L1, as the bridge tells it. */
  mains_A(): number {
    return Number(/^L1 +(-?[\d.]+)/.exec(this.#seen.get('bridge/meter/mains_A') ?? '')?.[1] ?? NaN);
  }

  /** More, or less, in the house; on each phase. */
  stepHouse(step_A: number): void {
    this.#plant.child.send({ kind: 'house-step', step_dA: 10 * step_A });
  }

  /** A cable and a car that asks. */
  arrive(): void {
    this.frontEnd.hands.plug(220);
    this.frontEnd.hands.connect('C');
    this.#plant.child.send({ kind: 'plug', outlet: TWIN });
  }

  /** Each value is a message of its own: the state may be there before the faults that have just ended. */
  async untilCharging(): Promise<void> {
    const isTold = (): boolean => this.value('state') === 'charging' && this.faults() === 'none';
    await this.within(CHARGING_WITHIN_s, () => this.frontEnd.eyes.isClosed() && isTold(), 'charges');
  }

  async within(seconds: number, holds: () => boolean, what: string): Promise<void> {
    await within(seconds, holds, () => `${what}; ${this.#account()}`);
  }

  async holdsFor(seconds: number, holds: () => boolean, what: string): Promise<void> {
    await holdsFor(seconds, holds, () => `${what}; ${this.#account()}`);
  }

  /** Nothing is fed, and nothing is offered. */
  isSafe(): boolean {
    const { eyes } = this.frontEnd;
    return !eyes.isClosed() && eyes.output().kind !== 'pwm';
  }

  faults(): string {
    return this.value('faults') ?? 'unknown';
  }

  /** Of the duty on the pilot; 0 without one. */
  duty_permille(): number {
    const output = this.frontEnd.eyes.output();
    return output.kind === 'pwm' ? output.duty_permille : 0;
  }

  async close(): Promise<void> {
    await this.#client?.endAsync(true);
    this.#twin.close();
    // One that a test has left standing still hears of nothing else.
    for (const pid of this.#ioPids.filter(isIo)) process.kill(pid, 'SIGKILL');
    await this.frontEnd.close();
    this.#parts.close();
  }

  #account(): string {
    const { eyes } = this.frontEnd;
    const truth = `contact ${eyes.isClosed() ? 'closed' : 'open'}, pilot ${JSON.stringify(eyes.output())}, bolt ${eyes.bolt()}`;
    const told = [...this.#seen].map((pair) => pair.join(' ').slice(0, 300));
    return [truth, ...told, this.#slave?.err().slice(-2000)].join('\n');
  }
}

/** A number may be another process's by now. */
function isIo(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('io.mjs');
  } catch {
    return false;
  }
}
