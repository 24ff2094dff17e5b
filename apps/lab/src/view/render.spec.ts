import { lengthOf, paint } from '@fairamp/terminal';
import { renderStatusLine, renderView, type Focus } from './render.js';
import { type ChargePointRow, type Snapshot } from './snapshot.js';

const LOOKS = { lock: 'none', indicator: 'on', broken: [], retry_s: null } as const;
const FIRST: Focus = { selected: 1, page: 'site' };

const SITE: Snapshot = {
  site: 'lab',
  mode: 'smart',
  broker: 'mqtt://127.0.0.1:1883 (aedes, in the master)',
  house: 'model house, seed 1',
  elapsed_s: 72.4,
  mains_dA: 250,
  load: { house_dA: { L1: 91, L2: 40, L3: 250 }, cars_dA: { L1: 159, L2: 60, L3: 60 } },
  chargePoints: [
    {
      number: 1,
      id: 'slave1',
      session: 'charging',
      unheard: null,
      limit_dA: 99,
      draw_dA: { L1: 99, L2: 0, L3: 0 },
      because: ['mains-L1', 'fair-share'],
      faults: [],
      car: 'one phase',
      ...LOOKS,
      indicator: 'breathing',
      plugged: true,
    },
    {
      number: 2,
      id: 'slave2',
      session: 'charging',
      unheard: 'its share stays reserved',
      limit_dA: 60,
      draw_dA: { L1: 60, L2: 60, L3: 60 },
      because: ['newcomer'],
      faults: [],
      car: 'ramps slowly',
      ...LOOKS,
      lock: 'locked',
      plugged: true,
    },
    {
      number: 3,
      id: 'slave3',
      session: 'blocked',
      unheard: null,
      limit_dA: 0,
      draw_dA: { L1: 0, L2: 0, L3: 0 },
      because: ['silence'],
      faults: ['no-serial-com'],
      car: 'stops at 80 %, now 64 %',
      ...LOOKS,
      indicator: 'blink-slow',
      plugged: true,
    },
  ],
  processes: [
    { name: 'plant', state: 'up' },
    { name: 'master', state: 'up' },
    { name: 'bridge', state: 'frozen' },
    { name: 'slave1', state: 'up' },
    { name: 'slave2', state: 'down' },
    { name: 'slave3', state: 'up' },
  ],
  master: '1 charging, 0 waiting, 1 not heard, of 3',
  events: [
    { at_s: 3, text: 'car 1 arrives', tone: 'plain' },
    { at_s: 60, text: 'kill9 slave2', tone: 'warn' },
  ],
};

const text = (snapshot: Snapshot, columns: number, rows: number, focus = FIRST): string[] =>
  renderView(snapshot, { columns, rows }, focus).map((line) => paint(line, false).trimEnd());

test('the whole view on the smallest terminal it promises, 80 by 24', () => {
  expect(text(SITE, 80, 24)).toEqual([
    ' Fairamp  site lab  Smart mode  MAINS 25 A                             00:01:12',
    ' mqtt://127.0.0.1:1883 (aedes, in the master)',
    ' model house, seed 1',
    ' L1 ███████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓│·······  25.0 A   house   9.1   cars  15.9',
    ' L2 █████▓▓▓▓▓▓▓···················│·······  10.0 A   house   4.0   cars   6.0',
    ' L3 ███████████████████████████████┃▒▒▒▒▒▒▒  31.0 A   house  25.0   cars   6.0',
    '    █ house  ▓ cars           MAINS 25 A',
    ' The master: 1 charging, 0 waiting, 1 not heard, of 3',
    '    NAME     STATE        LIMIT   DRAWS L1    L2    L3  CAR',
    ' ›1 slave1   charging     9.9 A      9.9   0.0   0.0  one phase',
    '    because mains L1 is full; shared fairly with the others        LED breathing',
    '  2 slave2   not heard        -      6.0   6.0   6.0  ramps slowly',
    '    its share stays reserved                                      locked  LED on',
    '  3 slave3   blocked      0.0 A      0.0   0.0   0.0  stops at 80 %, now 64 %',
    '    ERROR NO SERIAL COM  because a new master raises nobody for 17 s',
    '',
    '  master ●  bridge ◐ frozen  slave1 ●  slave2 ○ down  slave3 ●  plant ●',
    '────────────────────────────────────────────────────────────────────────────────',
    ' 00:00:03  car 1 arrives',
    ' 00:01:00  kill9 slave2',
    '',
    '',
    ' 1 2 3 car in, out   m master  b bridge  q w e slaves  k broker: end or start',
    ' shift kill -9  space, backspace house ±10 A  tab next  s switch  ? faults  ^C',
  ]);
});

test('before the plant and the slaves have said a word', () => {
  const first = SITE.chargePoints.slice(0, 1).map((row) => ({ ...row, session: null, unheard: '', limit_dA: null }));
  expect(text({ ...SITE, load: null, chargePoints: first, processes: [], events: [] }, 80, 24).slice(0, 12)).toEqual([
    ' Fairamp  site lab  Smart mode  MAINS 25 A                             00:01:12',
    ' mqtt://127.0.0.1:1883 (aedes, in the master)',
    ' model house, seed 1',
    ' L1 ·······································',
    ' L2 ·······································',
    ' L3 ·······································',
    '    █ house  ▓ cars           MAINS 25 A',
    ' The master: 1 charging, 0 waiting, 1 not heard, of 3',
    '    NAME     STATE        LIMIT   DRAWS L1    L2    L3  CAR',
    ' ›1 slave1   starting         -      9.9   0.0   0.0  one phase',
    '                                                                   LED breathing',
    '',
  ]);
});

test.each([
  [80, 24, 'site'],
  [80, 24, 'faults'],
  [100, 30, 'site'],
  [200, 60, 'faults'],
  [40, 10, 'site'],
  [40, 10, 'faults'],
] as const)('a screen of %i by %i is filled exactly and no line is longer: the page of %s', (columns, rows, page) => {
  const lines = renderView(SITE, { columns, rows }, { selected: 2, page });
  expect(lines).toHaveLength(rows);
  expect(Math.max(...lines.map(lengthOf))).toBeLessThanOrEqual(columns);
});

test('what can break at a charge point, on the smallest terminal', () => {
  const broken = SITE.chargePoints.map((row): ChargePointRow => ({
    ...row,
    broken: ['lock-jammed'],
    lock: 'unlocked',
  }));
  expect(text({ ...SITE, chargePoints: broken }, 80, 24, { selected: 1, page: 'faults' })).toEqual([
    ' Fairamp  site lab  Smart mode  MAINS 25 A                             00:01:12',
    '    NAME     STATE        LIMIT   DRAWS L1    L2    L3  CAR',
    ' ›1 slave1   charging     9.9 A      9.9   0.0   0.0  one phase',
    '    because mains L1 is full; shared fairly with the others             unlocked',
    '',
    '  c ○ contactor-welded  its contactor welds once it is closed',
    '  o ○ contactor-stuck   its contactor does not close',
    '  y ○ contactor-slow    its contactor moves late',
    '  l ● lock-jammed       its lock is jammed',
    "  x ○ lock-swapped      its lock's wires are swapped",
    '  r ○ residual-current  a residual current flows',
    "  i ○ residual-wire     its residual-current monitor's wire is broken",
    '  u ○ residual-deaf     its residual-current monitor is deaf: it never trips',
    '  t ○ too-hot           it is 70 degrees hot',
    '  v ○ supply-failing    its own supply fails',
    "  p ○ proximity-lost    its plug's resistor has no contact",
    '  g ○ pilot-shorted     its pilot is shorted to earth',
    '  n ○ pilot-negative    its pilot hangs on -12 V',
    '  d ○ diode-missing     its car has no diode',
    "  z ○ pilot-silent      its pilot's front end is silent",
    '  a ○ car-disobeys      its car draws what it can',
    ' 00:01:00  kill9 slave2',
    ' 1 2 3 car in, out   m master  b bridge  q w e slaves  k broker: end or start',
    ' shift kill -9  space, backspace house ±10 A  tab next  s switch  ? faults  ^C',
  ]);
});

const looking = (row: Partial<ChargePointRow>): string | undefined => {
  const [first] = SITE.chargePoints.map((known) => ({ ...known, because: ['fair-share'] as const, ...row }));
  return first === undefined ? '' : text({ ...SITE, chargePoints: [first] }, 80, 24)[10];
};

test.each<[string, Partial<ChargePointRow>, string]>([
  ['its LED', { lock: 'none' }, 'because shared fairly with the others                          LED breathing'],
  ['its lock', { lock: 'locked' }, 'because shared fairly with the others                  locked  LED breathing'],
  [
    'when it tries again after NO CURRENT, before its lock',
    { because: ['no-current'], lock: 'locked', retry_s: 42 },
    'because not enough even for it alone             tries again in 42 s  locked',
  ],
  [
    'what is broken before all of that, and what has no room is left out',
    { retry_s: 42, broken: ['contactor-welded'] },
    'because shared fairly with the others               broken: contactor-welded',
  ],
  ['a reason that leaves no room at all', { because: ['mains-L1', 'fair-share', 'raise-interval'] }, 'because mains'],
])('beside the reason stands %s', (_, row, expected) => {
  expect(looking(row)?.trim()).toContain(expected);
});

test('on a large screen what can break stands below what the others make of it', () => {
  const lines = text(SITE, 110, 40, { selected: 1, page: 'faults' });
  expect(lines.filter((line) => /^ L[123] /.test(line))).toHaveLength(3);
  expect(lines.filter((line) => / slave[123]  /.test(line)).length).toBeGreaterThanOrEqual(3);
  expect(lines.some((line) => line.includes('residual-deaf'))).toBe(true);
});

test.each<[string, Partial<ChargePointRow>]>([
  ['ERROR DIODE  until its car leaves', { session: 'blocked', faults: ['diode'] }],
  ['RESIDUAL FAULT CURRENT DETECTED  press its switch', { session: 'blocked', faults: ['residual-current'] }],
  ['stopped by its switch, until unplugged or pressed again', { session: 'stopped' }],
  ['until its switch grants access', { session: 'denied' }],
  ['ERROR NO SERIAL COM  because shared fairly with the others', { session: 'blocked', faults: ['no-serial-com'] }],
])('what the charge point knows better than its master stands for itself: %s', (expected, row) => {
  expect(
    looking({ lock: 'none', ...row })
      ?.replace(/LED .*/, '')
      .trim(),
  ).toBe(expected);
});

test('the newest events stay when there is room for a few only', () => {
  const events = Array.from({ length: 50 }, (_, at_s) => ({ at_s, text: `event ${at_s}`, tone: 'plain' as const }));
  const shown = text({ ...SITE, events }, 100, 30).filter((line) => line.includes('event '));
  expect(shown.at(-1)).toBe(' 00:00:49  event 49');
  expect(shown.length).toBeGreaterThan(8);
});

test('a terminal that may not show colours gets none', () => {
  const lines = renderView(SITE, { columns: 80, rows: 24 }, FIRST);
  expect(lines.map((line) => paint(line, false)).join('')).not.toContain('\u001b');
  expect(lines.map((line) => paint(line, true)).join('')).toContain('\u001b[1;31m');
});

test('the status line for a pipe', () => {
  expect(renderStatusLine(SITE)).toBe(
    '00:01:12 | mains 25.0 10.0 31.0 A | slave1 charging 9.9 A | slave2 not heard | slave3 blocked 0.0 A',
  );
});
