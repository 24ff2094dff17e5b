// What the site says of itself, read as any viewer could: the reports, and the plain values for people. It comes from
// outside like everything on a broker: what does not fit is no news, and nothing here throws.
import { decodeMessage, parseTopic } from '@fairamp/protocol';
import { type SessionWord } from '@fairamp/terminal';
import { type Because, isBecause, type Deciamps, type Fault } from '@fairamp/units';

export type News =
  | {
      readonly kind: 'report';
      readonly slave: string;
      readonly session: SessionWord;
      readonly faults: readonly Fault[];
    }
  | { readonly kind: 'limit'; readonly slave: string; readonly limit_dA: Deciamps }
  | { readonly kind: 'because'; readonly slave: string; readonly because: readonly Because[] }
  | { readonly kind: 'status'; readonly text: string };

export type Heard = { readonly topic: string; readonly payload: Uint8Array };
export type Reader = { readonly site: string; readonly keyOf: (id: string) => Uint8Array | null };

/** A sentence of the master fits on a screen; more is not one. */
const LONGEST_STATUS = 120;

export function readTelemetry({ topic, payload }: Heard, reader: Reader): News | null {
  const place = parseTopic(topic);
  if (place === null || place.site !== reader.site || place.tree !== 'telemetry') return null;
  switch (`${place.role} ${place.leaf}`) {
    case 'slave report':
      return readReport(place.id, payload, reader);
    case 'slave limit_A':
      return readLimit(place.id, textOf(payload));
    case 'slave because':
      return { kind: 'because', slave: place.id, because: readBecause(textOf(payload)) };
    case 'master status':
      return { kind: 'status', text: printable(textOf(payload)).slice(0, LONGEST_STATUS) };
    default:
      return null;
  }
}

function readReport(slave: string, payload: Uint8Array, { site, keyOf }: Reader): News | null {
  const key = keyOf(slave);
  const report = key === null ? null : decodeMessage('report', payload, { site, key });
  if (report === null || !report.ok || report.value.from !== slave) return null;
  return { kind: 'report', slave, session: report.value.session, faults: report.value.faults };
}

function readLimit(slave: string, text: string): News | null {
  if (!/^\d{1,2}\.\d$/.test(text)) return null;
  return { kind: 'limit', slave, limit_dA: Math.round(Number(text) * 10) };
}

function readBecause(text: string): readonly Because[] {
  const words = text.split(/[\s,]+/);
  return words.filter(isBecause);
}

function textOf(payload: Uint8Array): string {
  return new TextDecoder().decode(payload);
}

/** Nothing from a broker may steer a terminal. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, ' ');
}
