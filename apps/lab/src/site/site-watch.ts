// A viewer on the site's broker: it has no password, sees telemetry alone, and keeps the newest of each. The broker may
// be away, or lie; then what stands here grows old and says so.
import { keyBytes, MqttLink } from '@fairamp/runtime';
import { type SessionWord } from '@fairamp/terminal';
import { type Because, type Deciamps, type Fault } from '@fairamp/units';
import { readTelemetry, type News } from './telemetry.js';
import { type SiteFiles } from './site-files.js';
import { SITE } from './site-plan.js';

export type SlaveNews = {
  readonly session: SessionWord | null;
  readonly faults: readonly Fault[];
  readonly limit_dA: Deciamps | null;
  readonly because: readonly Because[];
  /** When NO CURRENT was first seen in its reports; null = it is not in the newest. */
  readonly noCurrentAt_ms: number | null;
  /** When its last report came; a retained one is from another time. */
  readonly heardAt_ms: number | null;
};

export const NO_NEWS: SlaveNews = {
  session: null,
  faults: [],
  limit_dA: null,
  because: [],
  noCurrentAt_ms: null,
  heardAt_ms: null,
};

export class SiteWatch {
  readonly #link: MqttLink;
  readonly #slaves = new Map<string, SlaveNews>();
  #status: string | null = null;

  constructor(files: SiteFiles, now: () => number) {
    const keys = new Map([...files.keys].map(([id, key]) => [id, keyBytes(key)]));
    const reader = { site: SITE, keyOf: (id: string) => keys.get(id) ?? null };
    this.#link = new MqttLink({ url: files.url, clientId: `lab-view-${process.pid}` }, () => undefined);
    this.#link.onMessage((topic, payload, { retain }) => {
      const news = readTelemetry({ topic, payload }, reader);
      if (news !== null) this.#take(news, retain ? null : now());
    });
    this.#link.subscribe([`fairamp/${SITE}/telemetry/#`]);
    this.#link.open();
  }

  slave(id: string): SlaveNews {
    return this.#slaves.get(id) ?? NO_NEWS;
  }

  get isConnected(): boolean {
    return this.#link.connected;
  }

  get status(): string | null {
    return this.#status;
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #take(news: News, at_ms: number | null): void {
    if (news.kind === 'status') {
      this.#status = news.text;
      return;
    }
    const known = this.slave(news.slave);
    this.#slaves.set(news.slave, { ...known, ...changeOf(news, known, at_ms ?? known.heardAt_ms) });
  }
}

function changeOf(
  news: Exclude<News, { kind: 'status' }>,
  { noCurrentAt_ms: since }: SlaveNews,
  heardAt_ms: number | null,
): Partial<SlaveNews> {
  switch (news.kind) {
    case 'report':
      return {
        session: news.session,
        faults: news.faults,
        noCurrentAt_ms: news.faults.includes('no-current') ? (since ?? heardAt_ms) : null,
        heardAt_ms,
      };
    case 'limit':
      return { limit_dA: news.limit_dA };
    case 'because':
      return { because: news.because };
  }
}
