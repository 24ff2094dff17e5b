import { fairampCommand, type Commands } from './commands.js';

type Asked = { readonly command: string; readonly options: Record<string, unknown> };

/** @returns what would be done; or why nothing */
async function ask(line: string, env: Record<string, string> = {}): Promise<Asked | string> {
  const asked: Asked[] = [];
  const said: string[] = [];
  const note =
    (command: string) =>
    (options: unknown): Promise<void> => {
      asked.push({ command, options: options as Record<string, unknown> });
      return Promise.resolve();
    };
  const commands: Commands = { status: note('status'), record: note('record'), replay: note('replay') };
  const program = fairampCommand(commands, env);
  for (const one of [program, ...program.commands])
    one.exitOverride().configureOutput({ writeErr: (text) => said.push(text), writeOut: (text) => said.push(text) });
  try {
    await program.parseAsync(line.split(' '), { from: 'user' });
  } catch (error) {
    said.push(error instanceof Error ? error.message : String(error));
  }
  return asked[0] ?? said.join('');
}

const HERE = { url: 'mqtt://127.0.0.1:1883', user: null, password: null };

test.each([
  ['status', { broker: HERE, site: null, watch: false, json: false }],
  ['status -w --json --site home', { site: 'home', watch: true, json: true }],
  ['status --broker mqtts://far:8883', { broker: { ...HERE, url: 'mqtts://far:8883' } }],
  ['record x.jsonl', { file: 'x.jsonl', for_ms: null, bytesMax: 1e9, force: false, site: null }],
  ['record x.jsonl --for 90s --max-size 20MB --force', { for_ms: 90_000, bytesMax: 2e7, force: true }],
  ['replay x.jsonl', { file: 'x.jsonl', set: {}, was: {}, config: null, json: false, moments: 20 }],
  ['replay x --set MAINS=20 --set MIN=8 --was MIN=7', { set: { mains_dA: 200, min_dA: 80 }, was: { min_dA: 70 } }],
])('fairamp %s', async (line, options) => {
  expect(await ask(line)).toMatchObject({ command: line.split(' ')[0], options });
});

test('the environment names the broker, and the password of an account that was named', async () => {
  const env = { FAIRAMP_VIEW_BROKER: 'mqtt://far:1', FAIRAMP_PASSWORD: 'secret' };
  expect(await ask('status', env)).toMatchObject({ options: { broker: { ...HERE, url: 'mqtt://far:1' } } });
  expect(await ask('status --user anna', env)).toMatchObject({
    options: { broker: { user: 'anna', password: 'secret' } },
  });
});

test("the master's own FAIRAMP_BROKER is none of a viewer's, and a wrong variable of its own is named", async () => {
  expect(await ask('status', { FAIRAMP_BROKER: 'mqtt://far:1' })).toMatchObject({ options: { broker: HERE } });
  const wrong = await ask('status', { FAIRAMP_VIEW_BROKER: 'far' });
  expect(wrong).toContain('FAIRAMP_VIEW_BROKER "far": allowed is');
});

test.each([
  ['status --broker localhost', '"localhost"'],
  ['status --broker mqtt://anna:secret@far', '"mqtt://anna:secret@far"'],
  ['status --broker mqtt://127.0.0.1:99999', '--broker "mqtt://127.0.0.1:99999": allowed is mqtt://HOST:PORT'],
  ['status --broker mqtt://127.0.0.1:0', 'PORT from 1 to 65535'],
  ['record x --broker mqtt://:1883', '"mqtt://:1883"'],
  ['record', 'FILE'],
  ['record x --for soon', '--for "soon"'],
  ['record x --max-size 1', '--max-size "1"'],
  ['replay x --set MAINS=200', '--set "MAINS=200"'],
  ['replay x --set MAINS=20 --set mains=30', '--set "mains=30": this setting was given a value already'],
  ['replay x --was MIN=7 --was MIN=8', '--was "MIN=8": this setting was given a value already'],
  ['replay x --was MIN=1', '--was "MIN=1"'],
  ['replay x --moments many', '--moments "many"'],
  ['replay x y', 'too many arguments'],
  ['log', "unknown command 'log'"],
])('fairamp %s is refused, and the value is named', async (line, words) => {
  expect(await ask(line)).toContain(words);
});

test.each(['', 'status', 'record', 'replay'])('every example of fairamp %s --help is understood', async (command) => {
  const help = await ask(`${command} --help`.trim());
  const examples = [...String(help).matchAll(/^ {2}fairamp ([^|\n]+)/gm)].map(([, line = '']) => line.trim());
  expect(examples.length).toBeGreaterThan(1);
  for (const line of examples) expect(await ask(line)).toMatchObject({ command: line.split(' ')[0] });
});

test.each(['', 'status', 'record', 'replay'])('fairamp %s --help fits in 80 columns', async (command) => {
  const help = String(await ask(`${command} --help`.trim()));
  expect(help.split('\n').filter((line) => line.length > 80 && !line.startsWith('  fairamp'))).toEqual([]);
});
