// Reads a recording from a file, however long, one line at a time. A recorder that was killed leaves half a line at the
// end: that is told and left out. Lines in between that cannot be read are counted; the first is named. So is a line
// whose time is far ahead: one damaged figure would leave all that follows behind it.
import { createReadStream, type ReadStream } from 'node:fs';
import { fileTrouble } from '../file-trouble.js';
import { Refused } from '../refused.js';
import { type Milliseconds } from '@fairamp/units';
import { parseHeader, parseLine, type Header, type Line } from './line.js';

/** A master's largest packet, 64 kB, with every byte escaped. */
const LINE_MAX = 512 * 1024;

export type Recording = {
  readonly header: Header;
  /** Oldest first; once. */
  readonly lines: AsyncGenerator<Line>;
  /** Complete when all lines have been read. */
  readonly damage: Damage;
};
export type Damage = {
  /** Half a line stood at the end. */
  isTorn: boolean;
  unreadable: number;
  /** `line 17: "..."`; null: none. */
  first: string | null;
};

export async function openRecording(file: string): Promise<Recording> {
  const texts = textsOf(file);
  const top = await texts.next();
  const header = top.done === true ? null : parseHeader(top.value.text);
  if (header === null) throw new Refused(`${file}: is empty, not a recording`);
  if (!header.ok) throw new Refused(`${file}: ${header.detail}`);
  const damage: Damage = { isTorn: false, unreadable: 0, first: null };
  return { header: header.value, lines: linesOf(texts, damage), damage };
}

type Text = { readonly text: string; readonly number: number; readonly isEnded: boolean };

async function* linesOf(texts: AsyncGenerator<Text>, damage: Damage): AsyncGenerator<Line> {
  const times = new Times();
  for await (const { text, number, isEnded } of texts) {
    const read = parseLine(text);
    const wrong = read.ok ? times.take(read.value.t_ms) : read.detail;
    if (read.ok && wrong === null) yield read.value;
    else if (!isEnded) damage.isTorn = true;
    else {
      damage.unreadable += 1;
      damage.first ??= `line ${number}: ${wrong}`;
    }
  }
}

/** A site that is heard at all is heard each second. */
const SILENT_MOST_ms: Milliseconds = 3_600_000;

class Times {
  #newest_ms: Milliseconds | null = null;
  /** Of a line that was too far ahead. A second one there says that the silence was real. */
  #ahead_ms: Milliseconds | null = null;

  /** @returns what is wrong with it; null: it is the newest now */
  take(t_ms: Milliseconds): string | null {
    const newest_ms = this.#newest_ms ?? t_ms;
    if (t_ms < newest_ms) return `t_ms ${t_ms} is before ${newest_ms}`;
    if (t_ms - newest_ms > SILENT_MOST_ms && !this.#isConfirmed(t_ms)) {
      this.#ahead_ms = t_ms;
      return `t_ms ${t_ms} is more than an hour after ${newest_ms}`;
    }
    this.#newest_ms = t_ms;
    this.#ahead_ms = null;
    return null;
  }

  #isConfirmed(t_ms: Milliseconds): boolean {
    const ahead_ms = this.#ahead_ms ?? Infinity;
    return t_ms >= ahead_ms && t_ms - ahead_ms <= SILENT_MOST_ms;
  }
}

async function* textsOf(file: string): AsyncGenerator<Text> {
  let rest = '';
  let number = 0;
  for await (const chunk of chunksOf(file)) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const text of parts) yield { text, number: (number += 1), isEnded: true };
    if (rest.length > LINE_MAX) throw new Refused(`${file}: line ${number + 1} is longer than ${LINE_MAX} characters`);
  }
  if (rest !== '') yield { text: rest, number: number + 1, isEnded: false };
}

/** Editors on some systems put a mark before the first line; it is none of a recording. */
const MARK = '\ufeff';

async function* chunksOf(file: string): AsyncGenerator<string> {
  const stream: ReadStream = createReadStream(file, { encoding: 'utf8' });
  try {
    let isFirst = true;
    for await (const chunk of stream) {
      const text = String(chunk);
      yield isFirst && text.startsWith(MARK) ? text.slice(MARK.length) : text;
      isFirst = false;
    }
  } catch (error) {
    throw new Refused(`${file}: ${fileTrouble(error)}`);
  }
}
