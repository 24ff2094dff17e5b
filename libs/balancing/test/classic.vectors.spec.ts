// Steps of the 2.07 regulator, recorded by running its arithmetic, and edges worked out by hand from behaviour.md 5.6.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isCurrentAvailable, regulate } from '../src/index.js';
import { balanceOf, occasionOf, readRows, settingsOf, stepFiles, writtenOut } from './classic-vectors.js';

const files = stepFiles(process.env['FAIRAMP_VECTORS']);

describe.each(files)('%s', (file) => {
  test.each(readRows(file))('$title', ({ row }) => {
    const { refused, ...out } = row.out;
    expect(isCurrentAvailable(balanceOf(row), settingsOf(row))).toBe(refused === 0);
    expect(writtenOut(regulate(balanceOf(row), settingsOf(row), occasionOf(row)))).toEqual(out);
  });
});

describe('where the steps come from', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'steps-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test('our own are at least as many as were recorded', () => {
    const counts = stepFiles(undefined).map((file) => readRows(file).length);
    expect(counts[0]).toBe(440);
    expect(counts[1]).toBeGreaterThanOrEqual(30);
  });

  test('a folder of further ones is read beside our own', () => {
    writeFileSync(join(folder, 'classic-207.jsonl'), '');
    expect(stepFiles(folder)).toEqual([...stepFiles(''), resolve(folder, 'classic-207.jsonl')]);
  });

  test('a folder with frames alone adds nothing', () => {
    writeFileSync(join(folder, 'frames.json'), '[]');
    expect(stepFiles(folder)).toEqual(stepFiles(''));
  });

  test('a folder that holds no vectors, or is not there, is a mistake', () => {
    expect(() => stepFiles(folder)).toThrow('holds no classic-207.jsonl');
    expect(() => stepFiles(join(folder, 'nowhere'))).toThrow('no such folder');
  });

  test('an empty file, and a row of another form, are mistakes', () => {
    const file = join(folder, 'classic-207.jsonl');
    writeFileSync(file, '\n');
    expect(() => readRows(file)).toThrow('holds no rows');
    writeFileSync(file, '{"kind":"step","mod":0,"in":{"mains_A":1},"out":{}}');
    expect(() => readRows(file)).toThrow('line 1: not a regulator step: max_A');
    writeFileSync(file, '{"kind":"step","mod":2,"in":{},"out":{}}');
    expect(() => readRows(file)).toThrow('mod 2');
  });
});
