// `fairamp status`: one look at a site, or with --watch one after the other until somebody ends it.
import { systemClock } from '@fairamp/runtime';
import { isTerminal, openTerminal, paint, type Line, type Size } from '@fairamp/terminal';
import { setTimeout as pause } from 'node:timers/promises';
import { listenForSites } from '../broker/sites.js';
import { openViewer, type BrokerAddress, type Viewer } from '../broker/viewer.js';
import { ended } from '../ended.js';
import { statusJson } from './json.js';
import { statusLine, statusLines } from './lines.js';
import { isSettled, lookAt, type Look } from './look.js';
import { pageOf } from './page.js';
import { hear, initialSite, type SiteState } from './site-state.js';

export type StatusOptions = {
  readonly broker: BrokerAddress;
  readonly site: string | null;
  /** Which bridge is the mains'; null: the only one. */
  readonly meter: string | null;
  readonly watch: boolean;
  readonly json: boolean;
};

/** A frozen slave is silent for so long before it is called so. */
const SETTLES_WITHIN_ms = 3200;
const LOOKS_EACH_ms = 50;
const DRAWS_EACH_ms = 250;
const JSON_EACH_ms = 1000;
const LINE_EACH_ms = 5000;
/** Where nobody tells how wide it is. */
const COLUMNS = 80;

type Watch = { readonly viewer: Viewer; readonly url: string; readonly look: () => Look };

export async function status(options: StatusOptions): Promise<void> {
  const watch = await watchSite(options);
  try {
    if (options.watch) await showUntilEnded(watch, options);
    else await showOnce(watch, options);
  } finally {
    await watch.viewer.close();
  }
}

async function watchSite({ broker, site, meter }: StatusOptions): Promise<Watch> {
  const sites = listenForSites();
  const states = new Map<string, SiteState>();
  const viewer = await openViewer(broker, {
    filters: ['fairamp/#'],
    onMessage: (message) => {
      sites.hear(message.topic);
      const name = message.topic.split('/')[1] ?? '';
      if (sites.isKnown(name))
        states.set(name, hear(states.get(name) ?? initialSite(name), message, systemClock.now()));
    },
  });
  const chosen = await sites.choose(site, broker.url).catch(async (error: unknown) => {
    await viewer.close();
    throw error;
  });
  const look = (): Look => lookAt(states.get(chosen) ?? initialSite(chosen), systemClock.now(), meter);
  return { viewer, url: broker.url, look };
}

/** Until everybody who is said to be there has spoken, or could have. */
async function settle({ look }: Watch): Promise<void> {
  for (let waited = 0; waited < SETTLES_WITHIN_ms && !isSettled(look()); waited += LOOKS_EACH_ms)
    await pause(LOOKS_EACH_ms);
}

async function showOnce(watch: Watch, { json }: StatusOptions): Promise<void> {
  await settle(watch);
  const { look, url } = watch;
  if (json) return print(JSON.stringify(statusJson(look(), now())));
  // A file has no width, but a table that is wider than a page is none.
  const inColour = process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  for (const line of statusLines(look(), columnsOf(), url)) print(paint(line, inColour));
}

async function showUntilEnded(watch: Watch, { json }: StatusOptions): Promise<void> {
  const ending = ended();
  const startedAt = systemClock.now();
  const end = (): void => ending.end('');
  if (json || !isTerminal()) await Promise.race([settle(watch), ending.reason]);
  const show = json
    ? printEach(JSON_EACH_ms, () => JSON.stringify(statusJson(watch.look(), now())))
    : isTerminal()
      ? drawEach(watch, end)
      : printEach(LINE_EACH_ms, () => statusLine(watch.look(), (systemClock.now() - startedAt) / 1000));
  await ending.reason;
  show();
}

/** @returns how to end it */
function printEach(period_ms: number, text: () => string): () => void {
  print(text());
  return systemClock.every(period_ms, () => print(text()));
}

/** @returns how to end it */
function drawEach(watch: Watch, end: () => void): () => void {
  const terminal = openTerminal((character) => (character === 'q' || character === '\u0003' ? end() : undefined));
  const draw = (): void => terminal.draw(screenOf(watch, terminal.size()));
  draw();
  const stop = systemClock.every(DRAWS_EACH_ms, draw);
  process.stdout.on('resize', draw);
  return () => {
    stop();
    process.stdout.off('resize', draw);
    terminal.close();
  };
}

function screenOf({ look, viewer, url }: Watch, size: Size): readonly Line[] {
  const time = new Date().toTimeString().slice(0, 8);
  const away: readonly Line[] = viewer.isConnected() ? [] : [[{ text: ` the broker at ${url} is away`, ink: 'bad' }]];
  return pageOf([...away, ...statusLines(look(), size.columns, time)], size);
}

function columnsOf(): number {
  return process.stdout.isTTY === true ? process.stdout.columns : COLUMNS;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function now(): string {
  return new Date().toISOString();
}
