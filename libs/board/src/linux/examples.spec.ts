import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeIssues } from '../../../runtime/src/config-errors.js';
import { schemaNodeOf } from '../../../runtime/src/config-keys.js';
import { boardSchema } from './description.js';
import { plugResistor } from './plug-resistor.js';
import { safeOutputsOf, safeText } from './safe-outputs.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const EXAMPLES = readdirSync(join(ROOT, 'boards')).filter((file) => file.endsWith('.yaml'));
const given = (file: string): unknown => parse(readFileSync(join(ROOT, 'boards', file), 'utf8')) as unknown;

test('both are there', () => {
  expect(EXAMPLES.toSorted()).toEqual(['rpi-mcp3208.yaml', 'tarragon.yaml']);
});

test.each(EXAMPLES)('%s has no mistake, and the name of its file', (file) => {
  const parsed = boardSchema.safeParse(given(file), { reportInput: true });
  const mistakes = parsed.success ? [] : describeIssues(parsed.error.issues, schemaNodeOf(boardSchema), given(file));
  expect(mistakes).toEqual([]);
  expect(`${parsed.data?.id}.yaml`).toBe(file);
});

// 209c000 is gpio1 and 20ac000 gpio5 of the i.MX6ULL; the lock's IN1 is active low.
test.each<[file: string, safe: readonly string[]]>([
  [
    'tarragon.yaml',
    [
      'gpio 20a4000.gpio 12 0',
      'pwm 20fc000.pwm 0 zero',
      'gpio 209c000.gpio 13 1',
      'gpio 20a4000.gpio 8 0',
      'gpio 20a4000.gpio 7 1',
    ],
  ],
  [
    'rpi-mcp3208.yaml',
    [
      'gpio pinctrl-bcm2711|pinctrl-rp1|pinctrl-bcm2835 22 0',
      'gpio pinctrl-bcm2711|pinctrl-rp1|pinctrl-bcm2835 17 0',
      'pwm 1f00098000.pwm|fe20c000.pwm|3f20c000.pwm 0 zero',
      'gpio pinctrl-bcm2711|pinctrl-rp1|pinctrl-bcm2835 5 0',
      'gpio pinctrl-bcm2711|pinctrl-rp1|pinctrl-bcm2835 6 0',
      'gpio pinctrl-bcm2711|pinctrl-rp1|pinctrl-bcm2835 26 0',
    ],
  ],
])('%s is safe with its contactor off first', (file, safe) => {
  expect(safeText(safeOutputsOf(boardSchema.parse(given(file))))).toBe(['fairamp-safe 1', ...safe, ''].join('\n'));
});

// io.md 1.2
test.each<[raw: number, level_mV: number]>([
  [3628, 12_000],
  [3239, 9000],
  [2851, 6000],
  [2074, 0],
  [520, -12_000],
])('tarragon.yaml: raw %d is %d mV, on both sides', (raw, level_mV) => {
  const { positive, negative } = boardSchema.parse(given('tarragon.yaml')).pilot.measure;
  for (const { reference_mV, fullScale_raw, gain, offset_mV } of [positive, negative])
    expect(Math.abs((raw * reference_mV * gain) / fullScale_raw + offset_mV - level_mV)).toBeLessThanOrEqual(8);
});

// IEC 61851-1 Annex B, as io.md 5 has it; what a plug's resistor makes of each divider.
test.each<[ohm: number]>([[100], [220], [680], [1500]])('rpi-mcp3208.yaml reads a plug of %d ohm', (ohm) => {
  const { proximity } = boardSchema.parse(given('rpi-mcp3208.yaml'));
  expect(proximity).toBeDefined();
  if (proximity === undefined) return;
  const seen = plugResistor((3300 * ohm) / (ohm + 1000), proximity.reads) ?? Infinity;
  expect(Math.abs(seen - ohm)).toBeLessThanOrEqual(1);
});

type Node = {
  readonly properties?: Record<string, Node>;
  readonly anyOf?: Node[];
  readonly oneOf?: Node[];
  readonly items?: Node;
};

function keysOf(node: Node, path: string): readonly string[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([key, below]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return [here, ...keysOf(below, here)];
  });
  const within = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items === undefined ? [] : [node.items])];
  return [...own, ...within.flatMap((one) => keysOf(one, path))];
}

/** A line, a detector and a reading are told of once each, wherever they stand. */
const TOLD_ONCE = /\.(chip|offset|activeLow|adc|channel|fullScale_raw|reference_mV|gain|offset_mV)$/;

test('docs/boards/README.md tells of every key, and of no other', () => {
  const page = readFileSync(join(ROOT, 'docs/boards/README.md'), 'utf8');
  const told = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key]) => key ?? '');
  const schema = z.toJSONSchema(boardSchema, { io: 'input' }) as Node;
  const keys = [...new Set(keysOf(schema, ''))].filter((key) => !key.startsWith('terminals.'));
  const places = keys.filter((key) => !TOLD_ONCE.test(key) || key.startsWith('pilot.pwm.'));
  const parts = ['chip', 'offset', 'activeLow', 'adc', 'channel', 'fullScale_raw', 'reference_mV', 'gain', 'offset_mV'];
  expect(told.toSorted()).toEqual([...places, ...parts].toSorted());
});
