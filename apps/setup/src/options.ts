// The command line of fairamp-setup: a command, a table of options, and which of them go together. Pure; whatever is wrong
// is refused in one line that names the value and what is allowed. Paths end up in unit files, so they are plain.
import { failure, ok, type Result } from '@fairamp/units';

export const APPS = ['slave', 'master', 'bridge'] as const;
export type App = (typeof APPS)[number];
export const COMMANDS = ['install', 'remove', 'status', 'verify'] as const;
export type CommandName = (typeof COMMANDS)[number];

export type Options = {
  readonly command: CommandName;
  /** null: those that are installed already. */
  readonly apps: readonly App[] | null;
  /** `/`, or the folder of an image. */
  readonly root: string;
  /** null: as it is installed, or the default. */
  readonly prefix: string | null;
  readonly config: string | null;
  /** null: the one that runs this. */
  readonly node: string | null;
  /** null: where this program was built. */
  readonly from: string | null;
  readonly start: boolean;
  readonly purge: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
};

export type Asked = { readonly kind: 'help' } | { readonly kind: 'command'; readonly options: Options };
type Parsed = Result<Partial<Options>, 'refused'>;

const DEFAULTS: Omit<Options, 'command'> = {
  apps: null,
  root: '/',
  prefix: null,
  config: null,
  node: null,
  from: null,
  start: false,
  purge: false,
  dryRun: false,
  json: false,
};

const FLAGS: Readonly<Record<string, Partial<Options>>> = {
  '--start': { start: true },
  '--purge': { purge: true },
  '--dry-run': { dryRun: true },
  '--json': { json: true },
};

const VALUED: Readonly<Record<string, (value: string) => Parsed>> = {
  '--apps': parseApps,
  '--root': path('--root', (root) => ({ root })),
  '--prefix': path('--prefix', (prefix) => ({ prefix })),
  '--config': path('--config', (config) => ({ config })),
  '--node': path('--node', (node) => ({ node })),
  '--from': (from) => ok({ from }),
};

/** What each command understands beside --root, --json and --help. */
const UNDERSTOOD: Readonly<Record<CommandName, readonly string[]>> = {
  install: ['--apps', '--prefix', '--config', '--node', '--from', '--start', '--dry-run'],
  remove: ['--purge', '--dry-run'],
  status: [],
  verify: [],
};

/** @param argv what stands behind the program's name */
export function parseOptions(argv: readonly string[]): Result<Asked, 'refused'> {
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) return ok({ kind: 'help' });
  const words = argv.flatMap(splitAtEquals);
  const name = words.shift() ?? '';
  const command = COMMANDS.find((one) => one === name);
  if (command === undefined) return failure('refused', `${name}: no such command; allowed are ${COMMANDS.join(', ')}`);
  let options: Options = { command, ...DEFAULTS };
  while (words.length > 0) {
    const parsed = parseOne(command, words);
    if (!parsed.ok) return parsed;
    options = { ...options, ...parsed.value };
  }
  return checkTogether(options);
}

/** `--apps=slave` is `--apps slave`. */
function splitAtEquals(word: string): readonly string[] {
  const [, name, value] = /^(--[a-z-]+)=(.*)$/s.exec(word) ?? [];
  return name === undefined || value === undefined ? [word] : [name, value];
}

function parseOne(command: CommandName, words: string[]): Parsed {
  const word = words.shift() ?? '';
  const understood = ['--root', '--json', ...UNDERSTOOD[command]];
  if (!understood.includes(word))
    return failure('refused', `${word}: not an option of ${command}; allowed are ${understood.join(', ')}`);
  const flag = FLAGS[word];
  if (flag !== undefined) return ok(flag);
  const value = words.shift();
  if (value === undefined || value === '' || value.startsWith('--'))
    return failure('refused', `${word}: a value is missing`);
  return VALUED[word]?.(value) ?? failure('refused', `${word}: no such option`);
}

function parseApps(text: string): Parsed {
  const apps = text.split(',');
  const unknown = apps.find((name) => !APPS.some((app) => app === name));
  if (unknown !== undefined)
    return failure('refused', `--apps ${text}: no app "${unknown}"; allowed are ${APPS.join(', ')}`);
  return ok({ apps: APPS.filter((app) => apps.includes(app)) });
}

const PLAIN_PATH = /^(\/|(\/[\w@+-][\w.@+-]*)+)$/;

/** Into a unit file go no blanks, no percent signs and no way up. */
function path(name: string, set: (path: string) => Partial<Options>): (value: string) => Parsed {
  return (value) => {
    const tidy = value.length > 1 ? value.replace(/\/+$/, '') : value;
    const allowed = 'allowed is an absolute path of letters, digits and _.@+-';
    return PLAIN_PATH.test(tidy) ? ok(set(tidy)) : failure('refused', `${name} ${value}: ${allowed}`);
  };
}

function checkTogether(options: Options): Result<Asked, 'refused'> {
  const { prefix, config, root, start } = options;
  const whole = [prefix, config].find((folder) => folder === '/');
  if (whole !== undefined)
    return failure('refused', `${whole}: allowed is a folder below /, which can be removed again`);
  if (start && root !== '/')
    return failure('refused', `--start: nothing runs inside --root ${root}; allowed without --root`);
  return ok({ kind: 'command', options });
}
