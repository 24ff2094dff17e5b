// The command line of `npm start`: a table of options, each with its own parser, and the few rules between them. Pure;
// whatever is wrong is refused in one line that names the value and what is allowed.
import { failure, ok, type Result } from '@fairamp/units';
import { parseTimedAction, type Action, type TimedAction } from './actions.js';

export type Broker =
  { readonly kind: 'embedded' } | { readonly kind: 'mosquitto' } | { readonly kind: 'external'; readonly url: string };

export type Options = {
  /** null = the live view, until somebody quits. */
  readonly once_s: number | null;
  readonly json: boolean;
  readonly actions: readonly TimedAction[];
  readonly mains_A: number;
  readonly mode: 'smart' | 'normal';
  readonly broker: Broker;
  /** null = 1883 if free, else any. */
  readonly port: number | null;
  readonly house: string | null;
  /** Where the run is written down as a table; null = nowhere. */
  readonly csv: string | null;
  readonly seed: number;
  readonly help: boolean;
};

type Parsed = Result<Partial<Options>, 'refused'>;
type Parser = (value: string, soFar: Options) => Parsed;

/** 40 A on each phase: three cars on a generous household connection, with something left to share. */
const DEFAULTS: Options = {
  once_s: null,
  json: false,
  actions: [],
  mains_A: 40,
  mode: 'smart',
  broker: { kind: 'embedded' },
  port: null,
  house: null,
  csv: null,
  seed: 1,
  help: false,
};

const FLAGS: Readonly<Record<string, Partial<Options>>> = {
  '--json': { json: true },
  '--help': { help: true },
  '-h': { help: true },
};

const VALUED: Readonly<Record<string, Parser>> = {
  '--once': whole('--once', { from: 5, to: 86_400, unit: ' s' }, (once_s) => ({ once_s })),
  '--at': (value, soFar) => {
    const timed = parseTimedAction(value);
    return timed.ok ? ok({ actions: [...soFar.actions, timed.value] }) : timed;
  },
  // The manual's range of MAINS, with 100 as design's root circuit allows.
  '--mains': whole('--mains', { from: 10, to: 100, unit: ' A' }, (mains_A) => ({ mains_A })),
  '--mode': parseMode,
  '--broker': parseBroker,
  '--port': whole('--port', { from: 0, to: 65_535, unit: '' }, (port) => ({ port })),
  '--house': parseHouse,
  '--csv': parseCsv,
  '--seed': whole('--seed', { from: 0, to: 4_294_967_295, unit: '' }, (seed) => ({ seed })),
};

/** @param argv what stands behind `npm start --` */
export function parseOptions(argv: readonly string[]): Result<Options, 'refused'> {
  let options = DEFAULTS;
  const words = argv.flatMap(splitAtEquals);
  while (words.length > 0) {
    const name = words.shift() ?? '';
    const parsed = FLAGS[name] === undefined ? parseValued(name, words.shift(), options) : ok(FLAGS[name]);
    if (!parsed.ok) return parsed;
    options = { ...options, ...parsed.value };
  }
  return options.help ? ok(options) : checkTogether(options);
}

/** `--mains=25` is `--mains 25`. */
function splitAtEquals(word: string): readonly string[] {
  const [, name, value] = /^(--[a-z]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
}

function parseValued(name: string, value: string | undefined, soFar: Options): Parsed {
  const parse = VALUED[name];
  if (parse === undefined) {
    const allowed = [...Object.keys(VALUED), '--json', '--help'].join(', ');
    return failure('refused', `${name}: no such option; allowed are ${allowed}`);
  }
  if (value === undefined || value.startsWith('--')) {
    return failure('refused', `${name}: a value is missing (npm start -- --help)`);
  }
  return parse(value, soFar);
}

type Range = { readonly from: number; readonly to: number; readonly unit: string };

function whole(name: string, range: Range, set: (value: number) => Partial<Options>): Parser {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= range.from && value <= range.to) return ok(set(value));
    return failure(
      'refused',
      `${name} ${text}: allowed are whole numbers from ${range.from} to ${range.to}${range.unit}`,
    );
  };
}

function parseMode(value: string): Parsed {
  if (value === 'smart' || value === 'normal') return ok({ mode: value });
  return failure('refused', `--mode ${value}: allowed are smart, normal`);
}

function parseBroker(value: string): Parsed {
  if (value === 'embedded' || value === 'mosquitto') return ok({ broker: { kind: value } });
  if (/^mqtts?:\/\/[^/\s]+$/.test(value)) return ok({ broker: { kind: 'external', url: value } });
  return failure('refused', `--broker ${value}: allowed are embedded, mosquitto, mqtt://host:port`);
}

function parseHouse(value: string): Parsed {
  if (value.endsWith('.csv')) return ok({ house: value });
  return failure('refused', `--house ${value}: allowed is a recording, FILE.csv`);
}

function parseCsv(value: string): Parsed {
  if (value.endsWith('.csv')) return ok({ csv: value });
  return failure('refused', `--csv ${value}: allowed is a name of a file, FILE.csv`);
}

function checkTogether(options: Options): Result<Options, 'refused'> {
  if (options.house !== null && options.mode === 'normal') {
    return failure('refused', `--house ${options.house}: Normal mode has no house; allowed with --mode smart`);
  }
  if (options.json && options.once_s === null) {
    return failure('refused', '--json: a result in JSON needs an end; give --once S as well');
  }
  for (const timed of options.actions) {
    const problem = checkAction(timed.at_s, timed.action, options);
    if (problem !== null) return failure('refused', problem);
  }
  return ok(options);
}

function checkAction(at_s: number, action: Action, options: Options): string | null {
  if (options.once_s !== null && at_s >= options.once_s) {
    return `--at ${at_s}: is not before the end; allowed are times under ${options.once_s} s (--once)`;
  }
  if (isOfBroker(action) && options.broker.kind !== 'mosquitto') {
    const where = options.broker.kind === 'embedded' ? 'inside the master' : 'not ours';
    return `--at ${at_s}:${action.verb}:broker: the broker is ${where}; allowed with --broker mosquitto`;
  }
  if (isOfHouse(action) && options.mode === 'normal') {
    return `--at ${at_s}: Normal mode has no house on its mains and no bridge to measure one; allowed with --mode smart`;
  }
  return null;
}

function isOfBroker(action: Action): boolean {
  return 'process' in action && action.process === 'broker';
}

function isOfHouse(action: Action): boolean {
  return action.verb === 'house' || ('process' in action && action.process === 'bridge');
}
