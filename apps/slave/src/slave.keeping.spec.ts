import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@fairamp/runtime';
import { slaveSchema, type SlaveAppConfig } from './config.js';
import { planBoard } from './make-board.js';
import { nothingKept, openKeeping, type Keeping } from './slave.keeping.js';

const configured = (settings: object): SlaveAppConfig =>
  slaveSchema.parse({
    site: 'home',
    id: 'left',
    key: 'ab'.repeat(32),
    master: 'main',
    broker: 'mqtt://127.0.0.1:1',
    settings,
    board: { plant: '/nowhere', outlet: 'left' },
  });

describe('what a charge point keeps', () => {
  let folder = '';
  let said: string[] = [];
  const say = (_: object, text: string): void => void said.push(text);
  const log: Log = { error: say, warn: say, info: say, debug: say };
  const open = (settings: object = { max_A: 16 }): Promise<Keeping> => {
    const config = configured(settings);
    return openKeeping(join(folder, 'store'), { config, plan: planBoard(config), log });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fairamp-keeping-'));
    said = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('an empty store takes the settings of the configuration; later they do not count, and that is said', async () => {
    const first = await open({ max_A: 16 });
    expect(first.beginning).toMatchObject({ settings: { max_A: 16 }, settingsDamaged: false, residualLatched: false });
    first.close();
    expect(said).toEqual([]);
    const second = await open({ max_A: 32 });
    expect(second.beginning.settings.max_A).toBe(16);
    expect(said).toEqual(['settings.max_A: 32 of the configuration is not used, the store has 16']);
    second.close();
  });

  test('a residual current that nobody has acknowledged outlives the process', async () => {
    const first = await open();
    first.keep({ kind: 'latched', residual: true });
    first.close();
    const second = await open();
    expect(second.beginning.residualLatched).toBe(true);
    second.keep({ kind: 'latched', residual: false });
    second.close();
    const third = await open();
    expect(third.beginning.residualLatched).toBe(false);
    third.close();
  });

  test.each([
    ['settings.json', 'half a file', { settingsDamaged: true }],
    ['latches.json', '{"crc":"00000000"}', { residualLatched: true }],
  ])('a damaged %s is the safe reading, is said, and stays to be looked at', async (file, text, expected) => {
    (await open()).close();
    const path = join(folder, 'store', file);
    writeFileSync(path, text);
    const again = await open();
    expect(again.beginning).toMatchObject(expected);
    expect(said.join('\n')).toContain(file);
    expect(readFileSync(path, 'utf8')).toBe(text);
    again.close();
  });

  test('a latch whose newest word is damaged is latched, whatever the word before it was', async () => {
    for (const residual of [true, false, true]) {
      const life = await open();
      life.keep({ kind: 'latched', residual });
      life.close();
    }
    const path = join(folder, 'store', 'latches.json');
    expect(existsSync(`${path}.backup`)).toBe(true);
    writeFileSync(path, 'half');
    const again = await open();
    expect(again.beginning.residualLatched).toBe(true);
    again.close();
  });

  test('settings of a store that do not fit the configuration are damaged ones', async () => {
    (await open({ max_A: 16 })).close();
    const config = { ...configured({ loadbl: 'slave1' }), master: undefined } as unknown as SlaveAppConfig;
    const again = await openKeeping(join(folder, 'store'), { config, plan: planBoard(config), log });
    expect(again.beginning.settingsDamaged).toBe(true);
    expect(said.join()).toContain('must be given unless settings.loadbl is "disabled"');
    again.close();
  });

  test('the journal has a line for each entry, with a number, an uptime and a date', async () => {
    const keeping = await open();
    keeping.keep({ kind: 'journal', entry: { kind: 'car-came' } });
    keeping.keep({ kind: 'journal', entry: { kind: 'car-left', charged_mAh: 3000, charged_s: 361 } });
    keeping.close();
    const store = join(folder, 'store', 'sessions');
    const [name = ''] = readdirSync(store);
    const lines = readFileSync(join(store, name), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { n: 1, kind: 'car-came', at: expect.stringMatching(/^20\d\d-/) as string },
      { n: 2, kind: 'car-left', charged_mAh: 3000, charged_s: 361, up_s: expect.any(Number) as number },
    ]);
  });

  test('a disk on which nothing can be written is told, and the charge point lives', async () => {
    const store = join(folder, 'store');
    (await open()).close();
    rmSync(join(store, 'sessions'), { recursive: true });
    writeFileSync(join(store, 'sessions'), 'no folder');
    mkdirSync(join(store, 'latches.json.new'));
    const keeping = await open();
    expect(keeping.beginning).toMatchObject({ settingsDamaged: false, residualLatched: false });
    expect(() => keeping.keep({ kind: 'latched', residual: true })).not.toThrow();
    expect(() => keeping.keep({ kind: 'journal', entry: { kind: 'car-came' } })).not.toThrow();
    expect(said.some((text) => text.startsWith('a latched fault cannot be kept yet'))).toBe(true);
    expect(said.some((text) => text.includes('sessions'))).toBe(true);
    keeping.close();
  });

  test('a folder that cannot be made is a damaged store: said, and nothing charges', async () => {
    writeFileSync(join(folder, 'store'), 'no folder');
    const keeping = await open();
    expect(keeping.beginning).toMatchObject({ settingsDamaged: true, residualLatched: false });
    expect(said).toEqual([expect.stringContaining('nothing can be kept, and nothing charges')]);
    keeping.close();
  });

  test('I10: one slave a store', async () => {
    const first = await open();
    await expect(open()).rejects.toThrow(/another process holds it/);
    first.close();
  });

  test('a board of this computer leaves its safe outputs for the script', async () => {
    const config = configured({});
    const file = join(import.meta.dirname, '../test/plain-board.json');
    const linux = { ...config, board: { kind: 'linux', file } } as SlaveAppConfig;
    const keeping = await openKeeping(join(folder, 'store'), { config: linux, plan: planBoard(linux), log });
    const text = readFileSync(join(folder, 'store', 'safe.conf'), 'utf8');
    expect(text.split('\n').slice(0, 2)).toEqual(['fairamp-safe 1', 'gpio gpio 3 0']);
    keeping.close();
  });
});

test('without a folder nothing is kept, and nothing is missed', () => {
  const keeping = nothingKept(configured({ max_A: 20 }));
  expect(keeping.beginning).toMatchObject({ settings: { max_A: 20 }, settingsDamaged: false, residualLatched: false });
  expect(() => keeping.keep({ kind: 'latched', residual: true })).not.toThrow();
  keeping.close();
});
