// The way to a site: a viewer on its broker, who publishes nothing. It connects or says in words why not; once connected
// it comes back by itself. It never takes a participant's client id, which would close that participant's connection.
import { MqttLink, newBoot, type LinkNotice } from '@fairamp/runtime';
import { Refused } from '../refused.js';

export type BrokerAddress = {
  readonly url: string;
  /** null: a viewer without a name. */
  readonly user: string | null;
  readonly password: string | null;
};

export type Message = { readonly topic: string; readonly payload: Uint8Array; readonly retain: boolean };

export type ViewerParts = {
  readonly filters: readonly string[];
  readonly onMessage: (message: Message) => void;
  /** After the first connect: the broker went away, or is back. */
  readonly onConnected?: (isConnected: boolean) => void;
};

export type Viewer = { readonly isConnected: () => boolean; readonly close: () => Promise<void> };

/** A broker in the same house answers in milliseconds; the link itself gives up after 2 s. */
const CONNECTS_WITHIN_ms = 5000;

export async function openViewer(address: BrokerAddress, parts: ViewerParts): Promise<Viewer> {
  const { url, user, password } = address;
  const opening = first(parts.onConnected);
  const link = new MqttLink(
    { url, clientId: `fairamp-${newBoot()}`, username: user ?? undefined, password: password ?? undefined },
    opening.notify,
  );
  link.onMessage((topic, payload, { retain }) => parts.onMessage({ topic, payload, retain }));
  link.subscribe(parts.filters);
  link.open();
  const failure = await opening.outcome;
  if (failure === null) return { isConnected: () => link.connected, close: () => link.close() };
  await link.close();
  throw new Refused(failureWords(failure, address));
}

type Opening = {
  readonly notify: (notice: LinkNotice) => void;
  /** null: connected. */
  readonly outcome: Promise<string | null>;
};

function first(onConnected: ViewerParts['onConnected']): Opening {
  let settle: ((failure: string | null) => void) | null = null;
  const outcome = new Promise<string | null>((resolve) => {
    const late = setTimeout(() => settle?.(`no answer in ${CONNECTS_WITHIN_ms / 1000} s`), CONNECTS_WITHIN_ms);
    settle = (failure) => {
      clearTimeout(late);
      settle = null;
      resolve(failure);
    };
  });
  const notify = (notice: LinkNotice): void => {
    if (notice.kind === 'failed') settle?.(notice.reason);
    else if (notice.kind === 'subscription-refused') settle?.(`it may not read ${notice.filter}`);
    else {
      onConnected?.(notice.kind === 'connected');
      if (notice.kind === 'connected') settle?.(null);
    }
  };
  return { notify, outcome };
}

function failureWords(reason: string, { url, user }: BrokerAddress): string {
  const isRefusal = /not authorized|bad user ?name|identifier rejected/i.test(reason);
  if (isRefusal && user === null) {
    return (
      `the broker at ${url} lets nobody read without a name (${reason}): ` +
      "allow it by listen.viewers: anonymous in the master's configuration, " +
      'or give --user NAME and the password in FAIRAMP_PASSWORD'
    );
  }
  if (isRefusal) return `the broker at ${url} refuses "${user ?? ''}" (${reason}): is FAIRAMP_PASSWORD right?`;
  return `no broker at ${url} (${reason}): does it run? Another is named by --broker mqtt://HOST:PORT`;
}
