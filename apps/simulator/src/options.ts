// The command line of `npm run simulate`: a table of options, each with its own parser, and the few rules between them.
// Pure; whatever is wrong is refused in one line that names the value and what is allowed.
import { type Strategy } from '@fairamp/simulation';
import { failure, ok, type Result } from '@fairamp/units';

export type Options = {
  /** A name of ours, `all` (each seed draws its own), or FILE.json. */
  readonly scenario: string;
  readonly seeds: { readonly from: number; readonly to: number };
  readonly hours: number;
  readonly strategy: Strategy | 'both';
  readonly json: boolean;
  readonly csv: string | null;
  readonly svg: string | null;
  /** null = one for each core. */
  readonly jobs: number | null;
  readonly list: boolean;
  readonly help: boolean;
};

/** In the order in which a comparison shows them. */
export function strategiesOf({ strategy }: Pick<Options, 'strategy'>): readonly Strategy[] {
  return strategy === 'both' ? ['classic', 'fairamp'] : [strategy];
}

type Parsed = Result<Partial<Options>, 'refused'>;
type Parser = (value: string) => Parsed;

export const ALL = 'all';

const DEFAULTS: Options = {
  scenario: ALL,
  seeds: { from: 1, to: 1 },
  hours: 1,
  strategy: 'fairamp',
  json: false,
  csv: null,
  svg: null,
  jobs: null,
  list: false,
  help: false,
};

/** As the seeds of the plant are mixed: 32 bits. */
const HIGHEST_SEED = 4_294_967_295;
/** More than a night on two cores. */
const MOST_SEEDS = 1_000_000;
/** Half a minute, in which a site just about starts, to a week. */
const HOURS = { from: 0.01, to: 168 } as const;
const MOST_JOBS = 256;

const FLAGS: Readonly<Record<string, Partial<Options>>> = {
  '--json': { json: true },
  '--list': { list: true },
  '--help': { help: true },
  '-h': { help: true },
};

const VALUED: Readonly<Record<string, Parser>> = {
  '--scenario': (scenario) => ok({ scenario }),
  '--seed': parseSeed,
  '--seeds': parseSeeds,
  '--hours': parseHours,
  '--strategy': parseStrategy,
  '--csv': ending('--csv', '.csv', (csv) => ({ csv })),
  '--svg': ending('--svg', '.svg', (svg) => ({ svg })),
  '--jobs': parseJobs,
};

/** @param argv what stands behind `npm run simulate --` */
export function parseOptions(argv: readonly string[]): Result<Options, 'refused'> {
  let options = DEFAULTS;
  const words = argv.flatMap(splitAtEquals);
  if (words.includes('--seed') && words.includes('--seeds'))
    return failure('refused', '--seed beside --seeds: which of them is meant? allowed is one');
  while (words.length > 0) {
    const name = words.shift() ?? '';
    const flag = FLAGS[name];
    const parsed = flag === undefined ? parseValued(name, words.shift()) : ok(flag);
    if (!parsed.ok) return parsed;
    options = { ...options, ...parsed.value };
  }
  return options.help || options.list ? ok(options) : checkTogether(options);
}

/** `--seed=7` is `--seed 7`. */
function splitAtEquals(word: string): readonly string[] {
  const [, name, value] = /^(--[a-z]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
}

function parseValued(name: string, value: string | undefined): Parsed {
  const parse = VALUED[name];
  if (parse === undefined) {
    const allowed = [...Object.keys(VALUED), '--json', '--list', '--help'].join(', ');
    return failure('refused', `${name}: no such option; allowed are ${allowed}`);
  }
  if (value === undefined || value === '' || value.startsWith('--')) {
    return failure('refused', `${name}: a value is missing (npm run simulate -- --help)`);
  }
  return parse(value);
}

function isSeed(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) <= HIGHEST_SEED;
}

function parseSeed(text: string): Parsed {
  if (isSeed(text)) return ok({ seeds: { from: Number(text), to: Number(text) } });
  return failure(
    'refused',
    `--seed ${text}: allowed are whole numbers from 0 to ${HIGHEST_SEED}; many with --seeds A..B`,
  );
}

function parseSeeds(text: string): Parsed {
  const [, from = '', to = ''] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (!isSeed(from) || !isSeed(to)) {
    return failure('refused', `--seeds ${text}: the form is A..B, whole numbers from 0 to ${HIGHEST_SEED}`);
  }
  const count = Number(to) - Number(from) + 1;
  if (count < 1) return failure('refused', `--seeds ${text}: ${from} is above ${to}; allowed is the lower one first`);
  if (count > MOST_SEEDS) return failure('refused', `--seeds ${text}: ${count} seeds; allowed are up to ${MOST_SEEDS}`);
  return ok({ seeds: { from: Number(from), to: Number(to) } });
}

function parseHours(text: string): Parsed {
  const hours = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && hours >= HOURS.from && hours <= HOURS.to) return ok({ hours });
  return failure('refused', `--hours ${text}: allowed are ${HOURS.from} to ${HOURS.to} simulated hours`);
}

function parseStrategy(text: string): Parsed {
  if (text === 'fairamp' || text === 'classic' || text === 'both') return ok({ strategy: text });
  return failure('refused', `--strategy ${text}: allowed are fairamp, classic, both`);
}

function parseJobs(text: string): Parsed {
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs >= 1 && jobs <= MOST_JOBS) return ok({ jobs });
  return failure('refused', `--jobs ${text}: allowed are whole numbers from 1 to ${MOST_JOBS}`);
}

/** What is written over without a question at least says by its name what it is. */
function ending(name: string, suffix: string, set: (file: string) => Partial<Options>): Parser {
  return (file) =>
    file.endsWith(suffix) ? ok(set(file)) : failure('refused', `${name} ${file}: allowed is a FILE${suffix}`);
}

function checkTogether(options: Options): Result<Options, 'refused'> {
  const { from, to } = options.seeds;
  if (options.csv !== null && options.strategy === 'both') {
    return failure(
      'refused',
      `--csv ${options.csv}: is a table of one run; allowed with --strategy fairamp or classic`,
    );
  }
  const [name, file] = options.csv === null ? ['--svg', options.svg] : ['--csv', options.csv];
  if (file === null || from === to) return ok(options);
  return failure(
    'refused',
    `${name} ${file}: shows one run, and --seeds ${from}..${to} are many; allowed with --seed N`,
  );
}
