// One full message of each kind, and how a test bends it: a value at a path, as another sender would have put it there.
import { type MessageKind } from '../src/mac.js';
import { type Seal, type Unsigned } from '../src/message.js';

export const seal: Seal = { site: 'home', key: new Uint8Array(32).fill(7) };
export const KINDS: readonly MessageKind[] = ['report', 'grant', 'beacon', 'sample'];

const [master, slave, bridge] = ['a3f09c11d2e4b576', '5b1c77e0923fd84a', 'c0ffee0012345678'];
const epoch = { count: 7, boot: master };

export const bodies: { readonly [Kind in MessageKind]: Unsigned<Kind> } = {
  report: {
    from: 'garage',
    boot: slave,
    seq: 3_811,
    t: 3_811_702,
    session: 'charging',
    pilot: 'C',
    contactor: 'closed',
    lease: { epoch, n: 2_044, limit_dA: 160, endsAt_t: 3_821_011 },
    fallback: { value_dA: 60, epoch, n: 12 },
    draw_dA: { L1: 0, L2: 157, L3: 1 },
    drawLow_dA: { L1: -1, L2: 151, L3: 0 },
    demand_dA: 160,
    demandBecause: 'cable',
    phases: ['L2'],
    faults: ['diode'],
    failSafe: 'heartbeat',
  },
  grant: {
    from: 'master',
    to: 'garage',
    epoch,
    n: 2_044,
    echo: { boot: slave, seq: 3_810, t: 3_811_011 },
    limit_dA: 160,
    validFor_ms: 10_000,
    raise: true,
    because: ['cable'],
  },
  beacon: { from: 'master', to: 'bridge', boot: master, seq: 311 },
  sample: {
    from: 'bridge',
    boot: bridge,
    seq: 215,
    t: 387_430,
    age_ms: 1_850,
    current_dA: { L1: 123, L2: 87, L3: 240 },
    signed: false,
    master: { boot: master, for_ms: 16_999 },
    echo: { boot: master, seq: 311, since_ms: 402 },
  },
};

type Tree = { readonly [key: string]: unknown };

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every field with its path: `echo.seq`. A list is one field. */
export function leaves(value: unknown, path = ''): readonly (readonly [path: string, value: unknown])[] {
  if (!isTree(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, field]) => leaves(field, path === '' ? key : `${path}.${key}`));
}

/** The same with another value at a path; `undefined` leaves the field out. */
export function bent(value: unknown, path: string, to: unknown): Tree {
  const [key = '', ...rest] = path.split('.');
  const tree = isTree(value) ? value : {};
  const { [key]: field, ...others } = tree;
  if (rest.length === 0) return to === undefined ? others : { ...tree, [key]: to };
  return { ...tree, [key]: bent(field, rest.join('.'), to) };
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
