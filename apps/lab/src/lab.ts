// The running lab: the processes of a site, the plant that they measure and switch, and a viewer on their broker. It does
// what a script or a key asks for, judges what the plant says is true, and can be asked at any time how all stands.
import { type PhysicalFault } from '@fairamp/simulation';
import { describeAction, type Action, type CarNumber, type CarVerb, type ProcessName } from './actions.js';
import { type Moment } from './checks/moment.js';
import { Journal } from './journal.js';
import { Judge } from './judge.js';
import { remarksOn, type Look } from './observer.js';
import { type Options } from './options.js';
import { type FromPlant, type Truth } from './plant/messages.js';
import { type PlantFile } from './plant/plant-file.js';
import { ProcessWatch } from './process-watch.js';
import { OUTLETS } from './site/site-plan.js';
import { SiteWatch } from './site/site-watch.js';
import { type Child, type ChildEvent } from './supervise/child.js';
import { Site } from './supervise/site.js';
import { type EventRow } from './view/snapshot.js';

export type LabListener = {
  /** Something happened, for people. */
  readonly event: (row: EventRow) => void;
  /** Ten times a second, from when all processes were started. */
  readonly truth: (truth: Truth, lab: Lab) => void;
};

type PointAction = Extract<Action, { readonly point: CarNumber }>;
type ProcessAction = Extract<Action, { readonly process: ProcessName }>;

export class Lab {
  readonly options: Options;
  readonly journal: Journal;
  readonly judge = new Judge();
  readonly processes = new ProcessWatch();
  #site: Site | null = null;
  #watch: SiteWatch | null = null;
  #truth: Truth | null = null;
  #looks: readonly Look[] = [];
  #house = '';
  readonly #everBroken = new Set<string>();
  /** When the plant's clock showed 0. */
  #zero_ms: number | null = null;
  #stopped: Promise<void> | null = null;
  readonly #onTruth: LabListener['truth'];

  constructor(options: Options, on: LabListener) {
    this.options = options;
    this.#onTruth = on.truth;
    this.journal = new Journal(() => this.elapsed_s, on.event);
  }

  /** On the plant's clock, which begins a moment before the other processes are started; 0 before. */
  get elapsed_s(): number {
    return this.#zero_ms === null ? 0 : (performance.now() - this.#zero_ms) / 1000;
  }

  get site(): Site | null {
    return this.#site;
  }

  get watch(): SiteWatch | null {
    return this.#watch;
  }

  get truth(): Truth | null {
    return this.#truth;
  }

  get house(): string {
    return this.#house;
  }

  /** Charge points of which something is or was broken. */
  get everBroken(): ReadonlySet<string> {
    return this.#everBroken;
  }

  async start(house: PlantFile['house']): Promise<void> {
    this.#site = await Site.plan(this.options, {
      onChild: (event) => this.#onChild(event),
      onPlant: (message) => this.#onPlant(message),
    });
    await this.#site.start(house);
    this.#watch = new SiteWatch(this.#site.files, () => performance.now());
  }

  perform(action: Action): void {
    if (action.verb === 'house') {
      this.journal.note(describeAction(action));
      this.#site?.tell({ kind: 'house-step', step_dA: action.step_A * 10 });
    } else if ('point' in action) this.#toPoint(action);
    else if ('car' in action) this.#moveCar(action.verb, action.car);
    else this.#toProcess(action);
  }

  isPlugged(car: CarNumber): boolean {
    const outlet = this.#truthOf(car);
    return outlet !== undefined && outlet.charge_permille !== null;
  }

  isBroken(point: CarNumber, fault: PhysicalFault): boolean {
    return this.#truthOf(point)?.broken.includes(fault) ?? false;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    await this.#watch?.close();
    await this.#site?.stop();
  }

  #truthOf(point: CarNumber): Truth['outlets'][number] | undefined {
    const id = OUTLETS.find(({ number }) => number === point)?.id;
    return this.#truth?.outlets.find((truth) => truth.id === id);
  }

  #toPoint(action: PointAction): void {
    const outlet = OUTLETS.find(({ number }) => number === action.point)?.id;
    if (outlet === undefined) return;
    this.journal.note(describeAction(action), action.verb === 'fault' ? 'warn' : 'plain');
    this.processes.disturbed(this.elapsed_s);
    if (action.verb === 'press') {
      this.#site?.tell({ kind: 'press', outlet });
      return;
    }
    this.#everBroken.add(outlet);
    this.#site?.tell({ kind: 'fault', outlet, fault: action.fault, on: action.verb === 'fault' });
  }

  #moveCar(verb: CarVerb, car: CarNumber): void {
    const outlet = OUTLETS.find(({ number }) => number === car);
    if (outlet === undefined) return;
    this.journal.note(`car ${car} ${verb === 'plug' ? `arrives: ${outlet.carWords}` : 'leaves'}`);
    this.#site?.tell({ kind: verb, outlet: outlet.id });
  }

  #toProcess(action: ProcessAction): void {
    const child = this.#site?.find(action.process) ?? null;
    if (child === null) {
      this.journal.note(`there is no ${action.process} in this lab`, 'quiet');
      return;
    }
    this.journal.note(describeAction(action), 'warn');
    act(child, action.verb);
    if (action.verb === 'freeze') this.processes.ended(action.process, this.elapsed_s);
    if (action.verb === 'thaw' && child.state === 'up') this.processes.runs(action.process, this.elapsed_s);
  }

  #onChild(event: ChildEvent): void {
    switch (event.kind) {
      case 'started':
        this.processes.runs(event.name, this.elapsed_s);
        return;
      case 'overdue':
        this.#blame(`${event.name} does not end when asked to`);
        return;
      case 'ended':
        this.processes.ended(event.name, this.elapsed_s);
        if (this.#stopped !== null) return;
        if (event.asked) this.journal.note(`${event.name} has ended`, 'quiet');
        else this.#blame(`${event.name} ended by itself: ${event.how}`);
    }
  }

  #blame(words: string): void {
    this.processes.blame(words);
    this.journal.note(words, 'bad');
  }

  #onPlant(message: FromPlant): void {
    if (message.kind === 'ready') {
      this.#zero_ms = performance.now() - message.at_ms;
      this.#house = message.house;
      if (message.noPty !== null) this.journal.note(`no pseudo-terminal (${message.noPty}): ${message.port}`, 'warn');
      return;
    }
    this.#truth = message;
    if (this.#watch === null || this.#stopped !== null) return;
    this.#onTruth(message, this);
    this.#remark(message);
    for (const { invariant, detail } of this.judge.look(this.#momentOf(message))) {
      this.journal.note(`${invariant} violated: ${detail}`, 'bad');
    }
  }

  #remark({ outlets }: Truth): void {
    const looks = outlets.map((outlet): Look => ({ ...outlet, faults: this.#watch?.slave(outlet.id).faults ?? [] }));
    for (const look of looks) {
      const before = this.#looks.find(({ id }) => id === look.id) ?? look;
      for (const { text, tone } of remarksOn(before, look)) this.journal.note(text, tone);
    }
    this.#looks = looks;
  }

  #momentOf({ house_dA, outlets }: Truth): Moment {
    const { mode, mains_A } = this.options;
    const { downSince_s, disturbedAt_s } = this.processes;
    const mains_dA = mains_A * 10;
    const [at_s, everBroken] = [this.elapsed_s, this.#everBroken];
    return { at_s, mode, mains_dA, house_dA, outlets, downSince_s, disturbedAt_s, everBroken };
  }
}

function act(child: Child, verb: ProcessAction['verb']): void {
  switch (verb) {
    case 'kill':
      return child.end();
    case 'kill9':
      return child.kill9();
    case 'start':
      return child.start();
    case 'freeze':
      return child.freeze();
    case 'thaw':
      return child.thaw();
  }
}
