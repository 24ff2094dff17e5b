import { parseOptions, type Options } from './options.js';
import { USAGE } from './usage.js';

const parse = (line: string) => parseOptions(line.split(' ').filter((word) => word !== ''));

describe('what npm start accepts', () => {
  const rows: readonly [line: string, expected: Partial<Options>][] = [
    ['', { once_s: null, json: false, mains_A: 40, mode: 'smart', broker: { kind: 'embedded' }, port: null, seed: 1 }],
    ['--once 90 --json', { once_s: 90, json: true }],
    ['--once=90 --mains=25', { once_s: 90, mains_A: 25 }],
    ['--mains 10', { mains_A: 10 }],
    ['--mains 100', { mains_A: 100 }],
    ['--mode normal', { mode: 'normal' }],
    ['--broker mosquitto', { broker: { kind: 'mosquitto' } }],
    ['--broker mqtt://10.0.0.7:1883', { broker: { kind: 'external', url: 'mqtt://10.0.0.7:1883' } }],
    ['--port 0', { port: 0 }],
    ['--csv run.csv', { csv: 'run.csv' }],
    ['--house week.csv --seed 7', { house: 'week.csv', seed: 7 }],
    ['--at 30:kill:bridge', { actions: [{ at_s: 30, action: { verb: 'kill', process: 'bridge' } }] }],
    ['--at 2.5:kill9:slave2', { actions: [{ at_s: 2.5, action: { verb: 'kill9', process: 'slave2' } }] }],
    [
      '--at 45:fault:2:lock-jammed',
      { actions: [{ at_s: 45, action: { verb: 'fault', point: 2, fault: 'lock-jammed' } }] },
    ],
    [
      '--at 50:mend:2:lock-jammed',
      { actions: [{ at_s: 50, action: { verb: 'mend', point: 2, fault: 'lock-jammed' } }] },
    ],
    ['--at 55:press:3', { actions: [{ at_s: 55, action: { verb: 'press', point: 3 } }] }],
    ['--at 20:plug:2', { actions: [{ at_s: 20, action: { verb: 'plug', car: 2 } }] }],
    ['--at 40:house:+10', { actions: [{ at_s: 40, action: { verb: 'house', step_A: 10 } }] }],
    [
      '--at 1:freeze:slave1 --at 9:thaw:slave1',
      {
        actions: [
          { at_s: 1, action: { verb: 'freeze', process: 'slave1' } },
          { at_s: 9, action: { verb: 'thaw', process: 'slave1' } },
        ],
      },
    ],
    ['--broker mosquitto --at 5:kill:broker', { actions: [{ at_s: 5, action: { verb: 'kill', process: 'broker' } }] }],
    ['--help', { help: true }],
  ];
  test.each(rows)('npm start -- %s', (line, expected) => {
    expect(parse(line)).toMatchObject({ ok: true, value: expected });
  });
});

describe('what npm start refuses, and how it says so', () => {
  const rows: readonly [line: string, said: string][] = [
    ['--fast', '--fast: no such option; allowed are --once, --at, --mains'],
    ['--once', '--once: a value is missing'],
    ['--once --json', '--once: a value is missing'],
    ['--once 4', '--once 4: allowed are whole numbers from 5 to 86400 s'],
    ['--once soon', '--once soon: allowed are whole numbers from 5 to 86400 s'],
    ['--json', '--json: a result in JSON needs an end; give --once S as well'],
    ['--mains 9', '--mains 9: allowed are whole numbers from 10 to 100 A'],
    ['--mains 101', '--mains 101: allowed are whole numbers from 10 to 100 A'],
    ['--mains 1e1', '--mains 1e1: allowed are'],
    ['--mode fast', '--mode fast: allowed are smart, normal'],
    ['--broker aedes', '--broker aedes: allowed are embedded, mosquitto, mqtt://host:port'],
    ['--broker http://x', '--broker http://x: allowed are'],
    ['--port 65536', '--port 65536: allowed are'],
    ['--house week.txt', '--house week.txt: allowed is a recording, FILE.csv'],
    ['--csv run.txt', '--csv run.txt: allowed is a name of a file, FILE.csv'],
    ['--seed -1', '--seed -1: allowed are'],
    ['--at 30', '--at 30: the form is T:VERB:WHAT'],
    ['--at x:kill:bridge', '"x" is not a time'],
    ['--at -1:kill:bridge', '"-1" is not a time'],
    [
      '--at 30:stop:bridge',
      '"stop" is no verb; allowed are kill, kill9, start, freeze, thaw, plug, unplug, fault, mend, press, house',
    ],
    ['--at 30:fault:1', 'the form is T:VERB:WHAT'],
    ['--at 30:kill:bridge:now', 'the form is T:VERB:WHAT'],
    ['--at 30:fault:4:too-hot', '"4" is no charge point to fault; allowed are 1, 2, 3'],
    ['--at 30:mend:1:everything', '"everything" is no fault to mend; allowed are contactor-welded, contactor-stuck'],
    ['--at 30:press:bridge', '"bridge" is no charge point to press; allowed are 1, 2, 3'],
    ['--at 30:kill:plant', '"plant" is no process to kill; allowed are broker, master, bridge, slave1, slave2, slave3'],
    ['--at 30:plug:4', '"4" is no car to plug; allowed are 1, 2, 3'],
    ['--at 30:house:a-lot', '"a-lot" is not a step'],
    ['--at 30:kill:broker', 'the broker is inside the master; allowed with --broker mosquitto'],
    ['--mode normal --at 30:kill:bridge', 'Normal mode has no house on its mains and no bridge'],
    ['--mode normal --at 30:house:5', 'Normal mode has no house on its mains'],
    ['--mode normal --house week.csv', 'Normal mode has no house'],
    ['--once 20 --at 20:kill:bridge', '--at 20: is not before the end; allowed are times under 20 s'],
  ];
  test.each(rows)('%s', (line, said) => {
    const refused = parse(line);
    expect(refused.ok ? 'accepted' : refused.detail).toContain(said);
    expect(refused.ok ? '' : refused.detail).not.toContain('\n');
  });
});

test('the usage text names every option that is accepted', () => {
  const refused = parse('--no-such-option');
  const options = (refused.ok ? '' : refused.detail).match(/(?<=allowed are .*)--[a-z]+/g) ?? [];
  expect(options.length).toBeGreaterThan(8);
  for (const option of options) expect(USAGE).toContain(`  ${option}`);
});
