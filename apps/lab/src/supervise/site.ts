// A site of real processes in a folder of its own: started in the order in which they need each other (the plant first,
// for the bridge must know its port), ended in the order in which they let go, and the folder gone at the end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Options } from '../options.js';
import { fromPlant, type FromPlant, type ToPlant } from '../plant/messages.js';
import { type PlantFile } from '../plant/plant-file.js';
import {
  configFile,
  logFile,
  planFiles,
  writeMosquitto,
  writeParticipants,
  writePlant,
  type SiteFiles,
} from '../site/site-files.js';
import { OUTLETS } from '../site/site-plan.js';
import { type Child, type ChildEvent } from './child.js';
import { findProgram } from './find-program.js';
import { choosePort } from './free-port.js';
import { Supervisor } from './supervisor.js';

export type SiteEvents = {
  readonly onChild: (event: ChildEvent) => void;
  readonly onPlant: (message: FromPlant) => void;
};

/** The folder of the bundles: this file is dist/lab/main.mjs. */
const DIST = fileURLToPath(new URL('..', import.meta.url));
/** A loaded computer starts a Node process in 2 s. */
const PLANT_READY_WITHIN_ms = 15_000;
const SLAVES = OUTLETS.map(({ id }) => id);

export class Site {
  readonly files: SiteFiles;
  readonly #options: Options;
  readonly #events: SiteEvents;
  readonly #supervisor: Supervisor;
  readonly #removeFolder = (): void => rmSync(this.files.folder, { recursive: true, force: true });

  private constructor(files: SiteFiles, options: Options, events: SiteEvents) {
    this.files = files;
    this.#options = options;
    this.#events = events;
    this.#supervisor = new Supervisor((event) => this.#onChild(event));
    // After the supervisor's own: first nobody writes any more, then the folder goes.
    process.once('exit', this.#removeFolder);
  }

  static async plan(options: Options, events: SiteEvents): Promise<Site> {
    const port = await choosePort(options.port);
    const folder = mkdtempSync(join(tmpdir(), 'fairamp-lab-'));
    return new Site(planFiles(folder, options, port), options, events);
  }

  async start(house: PlantFile['house']): Promise<void> {
    const port = await this.#startPlant(house);
    writeParticipants(this.files, this.#options, port);
    if (this.#options.broker.kind === 'mosquitto') this.#startMosquitto();
    const names = ['master', ...(this.#options.mode === 'smart' ? ['bridge'] : []), ...SLAVES];
    for (const name of names) this.#add(name, appOf(name), ['--config', configFile(this.files, name)]).start();
  }

  /** null: this lab has no such process. */
  find(name: string): Child | null {
    return this.#supervisor.find(name);
  }

  states(): ReturnType<Supervisor['states']> {
    return this.#supervisor.states();
  }

  tell(message: ToPlant): void {
    this.find('plant')?.send(message);
  }

  async stop(): Promise<void> {
    await this.#supervisor.stop([SLAVES, ['bridge', 'master'], ['broker'], ['plant']]);
    process.removeListener('exit', this.#removeFolder);
    this.#removeFolder();
  }

  async #startPlant(house: PlantFile['house']): Promise<string> {
    const file = writePlant(this.files, this.#options, house);
    const plant = await new Promise<FromPlant & { kind: 'ready' }>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the plant does not start')), PLANT_READY_WITHIN_ms);
      const child = this.#add('plant', 'lab/plant.mjs', [file], (message) => {
        const said = fromPlant.safeParse(message);
        if (!said.success) return;
        this.#events.onPlant(said.data);
        if (said.data.kind !== 'ready') return;
        clearTimeout(late);
        resolve(said.data);
      });
      child.start();
      void child.ended().then(() => reject(new Error('the plant ended before it was ready')));
    });
    return plant.port;
  }

  #startMosquitto(): void {
    const mosquitto = findProgram('mosquitto');
    if (mosquitto === null) throw new Error('--broker mosquitto: there is no program "mosquitto" on this computer');
    const log = logFile(this.files, 'broker');
    const args = ['-c', writeMosquitto(this.files)];
    this.#supervisor.add({ name: 'broker', command: mosquitto, args, logFile: log }).start();
  }

  #add(name: string, bundle: string, args: readonly string[], onMessage?: (message: unknown) => void): Child {
    return this.#supervisor.add({
      name,
      command: process.execPath,
      args: [join(DIST, bundle), ...args],
      logFile: logFile(this.files, name),
      ...(onMessage === undefined ? {} : { onMessage }),
    });
  }

  #onChild(event: ChildEvent): void {
    this.#events.onChild(event);
    this.tell({ kind: 'guard', pids: [...this.#supervisor.pids()] });
  }
}

function appOf(name: string): string {
  if (name === 'master') return 'master/main.mjs';
  return name === 'bridge' ? 'sensorbox-bridge/main.mjs' : 'slave/main.mjs';
}
