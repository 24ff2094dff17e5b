// What every participant has in common: bytes and a timestamp in, bytes and descriptions out. A node glues codecs to
// reducers and decides nothing that has a threshold. It knows neither Nest nor a socket: the apps pump bytes through
// it, and the simulator pumps the very same node through a faulty world.
import type { BoardEvent, EvseCommand } from '@fairamp/evse';
import { encodeMessage, type MessageKind, type Seal, type Unsigned } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';

export type MessageInput = {
  readonly kind: 'message';
  readonly at: Milliseconds;
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retained: boolean;
};
/** A broker has taken us in (again): it may have forgotten every retained value. */
export type ConnectedInput = { readonly kind: 'connected'; readonly at: Milliseconds };
export type TickInput = { readonly kind: 'tick'; readonly at: Milliseconds };

/** A person has read of a latched fault. */
export type AcknowledgedInput = { readonly kind: 'acknowledged'; readonly at: Milliseconds };

export type BoardInput = { readonly kind: 'board'; readonly event: BoardEvent };

/** A message's kind and body, before its MAC. */
export type Said = {
  readonly [Kind in MessageKind]: { readonly kind: Kind; readonly body: Unsigned<Kind> };
}[MessageKind];

export type Publish = {
  readonly kind: 'publish';
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retain: boolean;
  /** What the payload says, for whoever watches this node from inside. It never crosses a wire. */
  readonly says?: Said;
};
/** For the log. An alarm is for a person; `key` limits repetition (once per key and minute). */
export type Note = {
  readonly kind: 'note';
  readonly level: 'info' | 'warn' | 'alarm';
  readonly key: string;
  readonly text: string;
};
export type BoardOutput = { readonly kind: 'board'; readonly command: Exclude<EvseCommand, { kind: 'note' }> };

export type Stepped<State, Output> = { readonly state: State; readonly outputs: readonly Output[] };

/** Bad input by reason. Nothing is dropped without being counted. */
export type Dropped = Readonly<Record<string, number>>;

export function drop(dropped: Dropped, reason: string): Dropped {
  return { ...dropped, [reason]: (dropped[reason] ?? 0) + 1 };
}

/** What a node does with bad input: it counts it, notes it, and goes on as before. */
export type Refuse<State> = (reason: string, detail: string) => Stepped<State, Note>;

/** @param from the topic or line on which it came; a note is written at most once a minute for each */
export function refusing<State extends { readonly dropped: Dropped }>(state: State, from: string): Refuse<State> {
  return (reason, detail) => ({
    state: { ...state, dropped: drop(state.dropped, reason) },
    outputs: [
      {
        kind: 'note',
        level: 'warn',
        key: `dropped ${from}`,
        text: `dropped a message on ${from}: ${reason}: ${detail}`,
      },
    ],
  });
}

const encoder = new TextEncoder();

/** A report is retained for people; nothing else that is signed ever is. */
export function publishSigned<Kind extends MessageKind>(
  kind: Kind,
  body: Unsigned<Kind>,
  { topic, seal }: { readonly topic: string; readonly seal: Seal },
): Publish {
  const payload = encodeMessage(kind, body, seal);
  return { kind: 'publish', topic, payload, retain: kind === 'report', says: { kind, body } as unknown as Said };
}

export function publishText(topic: string, text: string): Publish {
  return { kind: 'publish', topic, payload: encoder.encode(text), retain: true };
}

/**
 * Each so many messages the plain values are said again although they have not changed: a broker that froze may have
 * lost one, and a retained text that is wrong is wrong for ever.
 */
export const REPEATED_EACH = 30;

/**
 * Publishes only what has changed since it was last published.
 * @param values all that there are, by the last word of their topics
 */
export function publishChanged(
  published: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
  topicOf: (leaf: string) => string,
): { published: Readonly<Record<string, string>>; outputs: readonly Publish[] } {
  const changed = Object.entries(values).filter(([leaf, text]) => published[leaf] !== text);
  if (changed.length === 0) return { published, outputs: [] };
  const outputs = changed.map(([leaf, text]) => publishText(topicOf(leaf), text));
  return { published: values, outputs };
}
