// The commands of `fairamp`: their options, what is allowed in each, and examples. Whatever is wrong is refused in one
// line that names the value. What a command does stands in its own folder.
import { Command, Option } from 'commander';
import { type Result } from '@fairamp/units';
import { type BrokerAddress } from './broker/viewer.js';
import { parseDuration, parseSize } from './record/amounts.js';
import { type RecordOptions } from './record/record.js';
import { type ReplayOptions } from './replay/replay.js';
import { parseAssignment, type Assigned } from './replay/settings.js';
import { Refused } from './refused.js';
import { type StatusOptions } from './status/status.js';

export type Commands = {
  readonly status: (options: StatusOptions) => Promise<void>;
  readonly record: (options: RecordOptions) => Promise<void>;
  readonly replay: (options: ReplayOptions) => Promise<void>;
};

type Environment = Readonly<Record<string, string | undefined>>;
type BrokerFlags = { readonly broker: string; readonly site?: string; readonly user?: string };

const ABOUT = `Looks at a site of charge points over MQTT, writes down what it hears, and plays
that once more with other settings. It only ever listens: it can change nothing.`;

export function fairampCommand(commands: Commands, env: Environment): Command {
  const program = new Command('fairamp').description(ABOUT).addHelpText('after', EXAMPLES);
  program.addCommand(statusCommand(commands, env));
  program.addCommand(recordCommand(commands, env));
  program.addCommand(replayCommand(commands));
  return program;
}

const EXAMPLES = `
  fairamp status --watch
  fairamp record evening.jsonl --for 2h
  fairamp replay evening.jsonl --set MAINS=20

The exit code is 0 when it could be done, 1 when not, 2 for wrong usage.`;

type StatusFlags = BrokerFlags & { readonly watch: boolean; readonly json: boolean; readonly meter?: string };

function statusCommand({ status }: Commands, env: Environment): Command {
  return withBroker(new Command('status'), env)
    .description('One look at a site: who charges, what each may draw and why, what is broken or not heard.')
    .option('-w, --watch', 'go on looking, until q or Ctrl-C', false)
    .option('--meter <NAME>', 'the bridge of the mains, where circuits have meters too')
    .option('--json', 'one JSON object; with --watch one a line, each second', false)
    .addHelpText(
      'after',
      `
  fairamp status
  fairamp status --broker mqtt://192.168.1.10 --site home --watch
  fairamp status --json | jq '.chargePoints[] | {id, state, limit_A, why}'

From the sources: npm run --silent fairamp -- status --json | jq ...
What is retained on a broker may be long past. A charge point is shown as heard
only when a report of it came during this look; so are the mains and the master.`,
    )
    .action((flags: StatusFlags) => {
      const { watch, json, site = null, meter = null } = flags;
      return status({ broker: addressOf(flags, env), site, meter, watch, json });
    });
}

type RecordFlags = BrokerFlags & { readonly for?: number; readonly maxSize: number; readonly force: boolean };

function recordCommand({ record }: Commands, env: Environment): Command {
  return withBroker(new Command('record'), env)
    .description('Write down everything that a viewer hears of one site, as JSON lines, until Ctrl-C.')
    .argument('<FILE>', 'the recording; it must not be there yet')
    .addOption(
      new Option('--for <time>', 'end after this time: 90s, 10m, 2h, 1d').argParser(checked('--for', parseDuration)),
    )
    .addOption(
      new Option('--max-size <size>', 'end before the file is larger')
        .argParser(checked('--max-size', parseSize))
        .default(1_000_000_000, '1GB'),
    )
    .option('--force', 'overwrite FILE', false)
    .addHelpText(
      'after',
      `
  fairamp record evening.jsonl
  fairamp record night.jsonl --site home --for 8h --max-size 500MB

Each line: {"t_ms", "topic", "retain", "payload"}, t_ms since the start. A site
of three charge points makes about 15 MB an hour.`,
    )
    .action((file: string, flags: RecordFlags) => {
      const { maxSize: bytesMax, force } = flags;
      const site = flags.site ?? null;
      return record({ broker: addressOf(flags, env), site, file, for_ms: flags.for ?? null, bytesMax, force });
    });
}

type ReplayFlags = {
  readonly set: Assigned;
  readonly was: Assigned;
  readonly config?: string;
  readonly json: boolean;
  readonly moments: number;
};

function replayCommand({ replay }: Commands): Command {
  return new Command('replay')
    .description('Play a recording through the shipped master, and show where another setting decides otherwise.')
    .argument('<FILE>', 'a recording of fairamp record')
    .addOption(
      new Option('--set <NAME=VALUE>', 'ask about it: MAINS, MIN, MODE')
        .argParser(assigned('--set'))
        .default({}, 'none'),
    )
    .addOption(
      new Option('--was <NAME=VALUE>', 'what it was at the recording, where no message tells')
        .argParser(assigned('--was'))
        .default({}, 'as recorded'),
    )
    .option('-c, --config <FILE>', "the master's configuration: exact roster, and keys to prove the messages")
    .addOption(
      new Option('--moments <N>', 'how many moments to show').argParser(checked('--moments', parseCount)).default(20),
    )
    .option('--json', 'one JSON object, with all moments', false)
    .addHelpText(
      'after',
      `
  fairamp replay evening.jsonl
  fairamp replay evening.jsonl --set MAINS=20
  fairamp replay evening.jsonl --set MAINS=35 --set MIN=8 --config master.yaml

The recorded world does not react to other limits: what is shown is where
another setting decides otherwise in the recorded situation, not what would have
become of it.`,
    )
    .action((file: string, flags: ReplayFlags) => replay({ file, ...flags, config: flags.config ?? null }));
}

function assigned(name: string): (text: string, before: Assigned) => Assigned {
  const parse = checked(name, parseAssignment);
  return (text, before) => {
    const given = parse(text);
    const isTwice = Object.keys(given).some((key) => key in before);
    if (isTwice) throw new Refused(`${name} "${text}": this setting was given a value already`, 2);
    return { ...before, ...given };
  };
}

const BROKER_VARIABLE = 'FAIRAMP_VIEW_BROKER';

function withBroker(command: Command, env: Environment): Command {
  const byDefault = env[BROKER_VARIABLE] ?? 'mqtt://127.0.0.1:1883';
  return command
    .addOption(
      new Option('--broker <URL>', `mqtt://HOST:PORT (${BROKER_VARIABLE})`)
        .argParser((text: string) => checkedUrl(text, '--broker'))
        .default(byDefault),
    )
    .option('--site <NAME>', 'which site, where the broker has several')
    .option('--user <NAME>', 'an account of your own, never that of a participant; password: FAIRAMP_PASSWORD');
}

function addressOf(flags: BrokerFlags, env: Environment): BrokerAddress {
  const user = flags.user ?? null;
  const url = checkedUrl(flags.broker, BROKER_VARIABLE);
  return { url, user, password: user === null ? null : (env['FAIRAMP_PASSWORD'] ?? '') };
}

function checkedUrl(text: string, whose: string): string {
  const allowed = 'mqtt://HOST:PORT or mqtts://HOST:PORT, PORT from 1 to 65535, without a password';
  // A URL refuses what is above 65535 by itself.
  const isRight = /^mqtts?:\/\/[^\s/@]+$/.test(text) && URL.canParse(text) && new URL(text).port !== '0';
  if (isRight) return text;
  throw new Refused(`${whose} "${text}": allowed is ${allowed}`, 2);
}

function parseCount(text: string): Result<number, 'refused'> {
  const count = Number(text);
  const isRight = /^\d+$/.test(text) && count <= 10_000;
  if (isRight) return { ok: true, value: count };
  return { ok: false, reason: 'refused', detail: `"${text}": allowed are whole numbers from 0 to 10000` };
}

/** One line, ours, for whatever is wrong. */
function checked<Value>(name: string, parse: (text: string) => Result<Value, string>): (text: string) => Value {
  return (text) => {
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    throw new Refused(`${name} ${parsed.detail}`, 2);
  };
}
