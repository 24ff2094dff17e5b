// `fairamp record FILE`: everything that a viewer is given of one site, written down until somebody ends it, the time is
// over or the file is full. Nothing of the site notices.
import { systemClock } from '@fairamp/runtime';
import { asTyped, clockOf } from '@fairamp/terminal';
import { type Milliseconds } from '@fairamp/units';
import { listenForSites } from '../broker/sites.js';
import { openViewer, type BrokerAddress } from '../broker/viewer.js';
import { ended } from '../ended.js';
import { type Refused } from '../refused.js';
import { sizeWords } from './amounts.js';
import { Recorder } from './recorder.js';

export type RecordOptions = {
  readonly broker: BrokerAddress;
  readonly site: string | null;
  readonly file: string;
  /** null: until it is ended. */
  readonly for_ms: Milliseconds | null;
  readonly bytesMax: number;
  readonly force: boolean;
};

const say = (text: string): void => void process.stderr.write(text);

export async function record(options: RecordOptions): Promise<void> {
  const site = await siteOf(options);
  const ending = ended();
  const { file, bytesMax, force } = options;
  const filter = `fairamp/${site}/#`;
  let failed: Refused | null = null;
  const recorder = new Recorder({
    file: asTyped(file),
    site,
    filter,
    mayOverwrite: force,
    bytesMax,
    clock: systemClock,
    onFull: () => ending.end(`${file} is full (${sizeWords(bytesMax)})`),
    onFailed: (error) => {
      failed = error;
      ending.end('');
    },
  });
  const viewer = await openViewer(options.broker, {
    filters: [filter],
    onMessage: (message) => recorder.hear(message),
    onConnected: (isConnected) => recorder.noteLink(isConnected),
  });
  const timer = options.for_ms === null ? undefined : setTimeout(() => ending.end(''), options.for_ms);
  const stopTelling = tell(recorder, site);
  const why = await ending.reason;
  clearTimeout(timer);
  stopTelling();
  recorder.close();
  await viewer.close();
  if (failed !== null) throw failed as Refused;
  say(`${file}: ${wordsOf(recorder)} of site ${site}${why === '' ? '' : `; ${why}`}\n`);
}

/** Before a file is made: is the site there at all? */
async function siteOf({ broker, site }: RecordOptions): Promise<string> {
  const sites = listenForSites();
  const viewer = await openViewer(broker, { filters: ['fairamp/#'], onMessage: ({ topic }) => sites.hear(topic) });
  try {
    return await sites.choose(site, broker.url);
  } finally {
    await viewer.close();
  }
}

function wordsOf({ written: { elapsed_ms, messages, bytes } }: Recorder): string {
  return `${clockOf(elapsed_ms / 1000)}, ${messages} messages, ${sizeWords(bytes)}`;
}

const TELLS_EACH_ms = 1000;
/** A log gets a line now and then, a person sees it move. */
const TELLS_A_LOG_EACH_ms = 60_000;

function tell(recorder: Recorder, site: string): () => void {
  const isSeen = process.stderr.isTTY === true;
  const text = (): string => `recording site ${site}: ${wordsOf(recorder)}`;
  say(isSeen ? `${text()}, Ctrl-C ends it` : `${text()}\n`);
  const timer = setInterval(
    () => say(isSeen ? `\r${text()}, Ctrl-C ends it\u001b[K` : `${text()}\n`),
    isSeen ? TELLS_EACH_ms : TELLS_A_LOG_EACH_ms,
  );
  return () => {
    clearInterval(timer);
    if (isSeen) say('\r\u001b[K');
  };
}
