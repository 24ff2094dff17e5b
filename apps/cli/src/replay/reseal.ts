// A recorded message as the playing master must hear it. Three things in it belong to the master of the recording and
// can mean nothing to another: its beacons, which samples echo; the numbers of its grants, which reports acknowledge;
// and its MACs. Beacons and numbers are replaced by the playing master's newest of the moment, so that the world is
// taken as having obeyed the *recorded* grants and every sample is as old as it was; then the message is sealed anew.
import { decodeMessage, encodeMessage, readUnproven, type MessageKind, type MessageOf } from '@fairamp/protocol';
import { type MasterConfig } from '@fairamp/nodes';
import { ownOf, type Milliseconds } from '@fairamp/units';

/** What the playing master has sent in this life. */
export type Sent = {
  /** By the addressee. */
  readonly beacons: Readonly<Record<string, { readonly seq: number; readonly at: Milliseconds }>>;
  readonly grants: Readonly<Record<string, number>>;
  /** For each slave: the recorded number that it last acknowledged, and ours that stands for it. */
  readonly answered: Readonly<Record<string, { readonly recorded: number; readonly ours: number }>>;
};
export const NOTHING_SENT: Sent = { beacons: {}, grants: {}, answered: {} };

/** The freshness of a sample whose echo is older than this is no matter of ours: it was refused, and is again. */
const OLDEST_ECHO_ms: Milliseconds = 3000;

export type Keys = { readonly isProven: boolean; readonly keyOf: (id: string) => Uint8Array | null };

export function keysOf(config: MasterConfig, isProven: boolean): Keys {
  const bridges = [config.bridge, ...config.circuits.map(({ meter }) => meter)].filter((bridge) => bridge !== null);
  const holders = [...config.roster, ...bridges];
  const keys = new Map(holders.map(({ id, key }) => [id, key]));
  return { isProven, keyOf: (id) => keys.get(id) ?? null };
}

/** @returns null: it is none, or not proven to be of its sender */
export function readRecorded<Kind extends MessageKind>(
  kind: Kind,
  payload: Uint8Array,
  { isProven, site, key }: { readonly isProven: boolean; readonly site: string; readonly key: Uint8Array },
): MessageOf[Kind] | null {
  const read = isProven ? decodeMessage(kind, payload, { site, key }) : readUnproven(kind, payload);
  return read.ok ? read.value : null;
}

export function resealedSample(
  sample: MessageOf['sample'],
  sent: Sent,
  at: Milliseconds,
  seal: { readonly site: string; readonly key: Uint8Array },
): Uint8Array {
  const { echo } = sample;
  const beacon = ownOf(sent.beacons, sample.from);
  const isKept = echo === null || beacon === undefined || echo.since_ms > OLDEST_ECHO_ms;
  const ours = isKept ? echo : { boot: echo.boot, seq: beacon.seq, since_ms: at - beacon.at };
  return encodeMessage('sample', { ...sample, echo: ours }, seal);
}

/** @param boot of the master that plays: of another's grants the numbers stay */
export function resealedReport(
  report: MessageOf['report'],
  sent: Sent,
  boot: string,
  seal: { readonly site: string; readonly key: Uint8Array },
): { readonly payload: Uint8Array; readonly sent: Sent } {
  const { lease } = report;
  if (lease === null || lease.epoch.boot !== boot) return { payload: encodeMessage('report', report, seal), sent };
  const known = ownOf(sent.answered, report.from);
  // Only a newer acknowledgement of the recording is one here: a report that was on its way answers nothing.
  const isNewer = known === undefined || lease.n > known.recorded;
  const ours = isNewer ? (ownOf(sent.grants, report.from) ?? 0) : known.ours;
  const answered = { ...sent.answered, [report.from]: { recorded: lease.n, ours } };
  return {
    payload: encodeMessage('report', { ...report, lease: { ...lease, n: ours } }, seal),
    sent: isNewer ? { ...sent, answered } : sent,
  };
}
