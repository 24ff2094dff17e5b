// A participant's configuration: a YAML or JSON file, over it the environment, over that --set. It is checked as a whole
// before anything is opened, and then never changes (deep-frozen). A mistake ends the process with code 2 and one line
// for each key. What belongs here is wiring; the manual's options are settings and live in their store (design 1).
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { parse, stringify } from 'yaml';
import { type z } from 'zod';
import { describeIssues } from './config-errors.js';
import { keysOf, schemaNodeOf, takesOnlyText, takesText, type ConfigKey, type SchemaNode } from './config-keys.js';
import { helpTable } from './config-help.js';
import { messageOf } from './message-of.js';

export type ConfigSources = {
  /** Without node and script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The app's name, as in `fairamp-master`. */
  readonly name: string;
  /** One sentence for --help. */
  readonly about?: string;
};

export type ConfigOutcome<Config> =
  | { readonly kind: 'config'; readonly config: Config }
  /** --help and --print-config. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mistakes'; readonly lines: readonly string[] };

type Options = { readonly config?: string; readonly set: readonly string[]; readonly printConfig?: boolean };
type Tree = { [key: string]: unknown };

/** Names with our prefix that are no keys: the file itself, what a viewer reads, and the folder of the tests' vectors. */
const RESERVED_ENV: readonly string[] = [
  'FAIRAMP_CONFIG',
  'FAIRAMP_VIEW_BROKER',
  'FAIRAMP_PASSWORD',
  'FAIRAMP_VECTORS',
];

/** A mistake of the person who configures; its message is the line that they read. */
class ConfigMistake extends Error {}

/** Reads, checks, and returns; or prints and ends the process: 0 for --help and --print-config, 2 for a mistake. */
export function loadConfig<Schema extends z.ZodType>(schema: Schema, sources: ConfigSources): z.output<Schema> {
  const outcome = readConfig(schema, sources);
  switch (outcome.kind) {
    case 'config':
      return outcome.config;
    case 'text':
      process.stdout.write(outcome.text);
      process.exit(0);
    case 'mistakes':
      for (const line of outcome.lines) process.stderr.write(`${sources.name}: ${line}\n`);
      process.exit(2);
  }
}

export function readConfig<Schema extends z.ZodType>(
  schema: Schema,
  sources: ConfigSources,
): ConfigOutcome<z.output<Schema>> {
  try {
    return readChecked(schema, sources);
  } catch (error) {
    if (error instanceof ConfigMistake) return { kind: 'mistakes', lines: [error.message] };
    throw error;
  }
}

/**
 * Another document that a configuration names, checked as a whole; a mistake ends the process with code 2 and a line for
 * each, before anything is opened.
 */
export function loadDocument<Schema extends z.ZodType>(
  schema: Schema,
  { file, name }: { readonly file: string; readonly name: string },
): z.output<Schema> {
  const outcome = readDocument(schema, file);
  if (outcome.kind === 'config') return outcome.config;
  for (const line of outcome.lines) process.stderr.write(`${name}: ${line}\n`);
  process.exit(2);
}

export function readDocument<Schema extends z.ZodType>(
  schema: Schema,
  file: string,
): Exclude<ConfigOutcome<z.output<Schema>>, { kind: 'text' }> {
  try {
    const tree = readFile(file);
    const parsed = schema.safeParse(tree, { reportInput: true });
    if (parsed.success) return { kind: 'config', config: deepFreeze(parsed.data) };
    const lines = describeIssues(parsed.error.issues, schemaNodeOf(schema), tree);
    return { kind: 'mistakes', lines: lines.map((line) => `${file}: ${line}`) };
  } catch (error) {
    if (error instanceof ConfigMistake) return { kind: 'mistakes', lines: [error.message] };
    throw error;
  }
}

function readChecked<Schema extends z.ZodType>(
  schema: Schema,
  sources: ConfigSources,
): ConfigOutcome<z.output<Schema>> {
  const root = schemaNodeOf(schema);
  const keys = keysOf(root);
  const options = parseArguments(sources, keys);
  if (typeof options === 'string') return { kind: 'text', text: options };
  const file = options.config ?? sources.env['FAIRAMP_CONFIG'];
  const tree = file === undefined ? {} : readFile(file);
  applyEnvironment(tree, sources.env, keys);
  applyAssignments(tree, options.set, keys);
  const parsed = schema.safeParse(tree, { reportInput: true });
  if (!parsed.success) return { kind: 'mistakes', lines: describeIssues(parsed.error.issues, root, tree) };
  if (options.printConfig === true) return { kind: 'text', text: stringify(withoutSecrets(parsed.data, root)) };
  return { kind: 'config', config: deepFreeze(parsed.data) };
}

/** @returns the text of --help, when asked for */
function parseArguments({ argv, name, about }: ConfigSources, keys: readonly ConfigKey[]): Options | string {
  const written: string[] = [];
  const command = new Command(name)
    .description(about ?? '')
    .option('-c, --config <file>', 'YAML or JSON file (environment: FAIRAMP_CONFIG)')
    .option(
      '--set <key=value>',
      'one key; may be repeated',
      (item: string, all: readonly string[]) => [...all, item],
      [],
    )
    .option('--print-config', 'print the configuration as it would be used, and end')
    .allowExcessArguments(false)
    .addHelpText('after', `\n${helpTable(keys)}`)
    .exitOverride()
    .configureOutput({ writeOut: (text) => written.push(text), writeErr: () => undefined });
  try {
    return command.parse([...argv], { from: 'user' }).opts<Options>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return written.join('');
    throw new ConfigMistake(error.message.replace(/^error: /, ''));
  }
}

function readFile(file: string): Tree {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8')) ?? {};
  } catch (error) {
    const [reason] = messageOf(error).split('\n');
    throw new ConfigMistake(`${file}: ${reason}`);
  }
  if (!isTree(content)) throw new ConfigMistake(`${file}: must hold a map of keys, not ${JSON.stringify(content)}`);
  return content;
}

function applyEnvironment(tree: Tree, env: ConfigSources['env'], keys: readonly ConfigKey[]): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || !name.startsWith('FAIRAMP_') || RESERVED_ENV.includes(name)) continue;
    const key = keys.find((candidate) => candidate.env === name.toUpperCase());
    if (key === undefined) throw new ConfigMistake(`environment ${name}: unknown key; --help lists the names`);
    assign(tree, key, value);
  }
}

function applyAssignments(tree: Tree, assignments: readonly string[], keys: readonly ConfigKey[]): void {
  for (const assignment of assignments) {
    const [name = '', ...value] = assignment.split('=');
    if (value.length === 0) throw new ConfigMistake(`--set ${assignment}: write it as key=value`);
    const key = keys.find(({ path }) => path.join('.') === name);
    if (key === undefined)
      throw new ConfigMistake(
        `--set ${name}: unknown key; known: ${keys.map(({ path }) => path.join('.')).join(', ')}`,
      );
    assign(tree, key, value.join('='));
  }
}

/** Only along a key of the schema, so that no name from outside (`__proto__`) becomes a path. */
function assign(tree: Tree, { path, node }: ConfigKey, text: string): void {
  let branch = tree;
  for (const step of path.slice(0, -1)) {
    const next = branch[step];
    branch = isTree(next) ? next : (branch[step] = {});
  }
  branch[path.at(-1) ?? ''] = valueOf(text, node);
}

/** `16` is a number where a number is allowed; where only a text is, `0123` stays as it was typed. */
function valueOf(text: string, node: SchemaNode): unknown {
  if (takesOnlyText(node)) return text;
  try {
    const value: unknown = parse(text);
    return value === null && takesText(node) ? text : value;
  } catch {
    return text;
  }
}

function withoutSecrets(value: unknown, node: SchemaNode | undefined): unknown {
  if (node?.secret === true && value !== undefined) return '(secret)';
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, node?.items));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withoutSecrets(item, node?.properties?.[name])]),
  );
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
