import { renderStatusLine, renderView } from './render.js';
import { type Snapshot } from './snapshot.js';
import { lengthOf, paint } from './span.js';

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

const text = (snapshot: Snapshot, columns: number, rows: number): string[] =>
  renderView(snapshot, { columns, rows }).map((line) => paint(line, false).trimEnd());

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
    '  1 slave1   charging     9.9 A      9.9   0.0   0.0  one phase',
    '    because mains L1 is full; shared fairly with the others',
    '  2 slave2   not heard        -      6.0   6.0   6.0  ramps slowly',
    '    its share stays reserved',
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
    ' shift kill -9   space house +10 A   backspace house -10 A   ctrl-c quit',
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
    '  1 slave1   starting         -      9.9   0.0   0.0  one phase',
    '',
    '',
  ]);
});

test.each([
  [80, 24],
  [100, 30],
  [200, 60],
  [40, 10],
])('a screen of %i by %i is filled exactly and no line is longer', (columns, rows) => {
  const lines = renderView(SITE, { columns, rows });
  expect(lines).toHaveLength(rows);
  expect(Math.max(...lines.map(lengthOf))).toBeLessThanOrEqual(columns);
});

test('the newest events stay when there is room for a few only', () => {
  const events = Array.from({ length: 50 }, (_, at_s) => ({ at_s, text: `event ${at_s}`, tone: 'plain' as const }));
  const shown = text({ ...SITE, events }, 100, 30).filter((line) => line.includes('event '));
  expect(shown.at(-1)).toBe(' 00:00:49  event 49');
  expect(shown.length).toBeGreaterThan(8);
});

test('a terminal that may not show colours gets none', () => {
  const lines = renderView(SITE, { columns: 80, rows: 24 });
  expect(lines.map((line) => paint(line, false)).join('')).not.toContain('\u001b');
  expect(lines.map((line) => paint(line, true)).join('')).toContain('\u001b[1;31m');
});

test('the status line for a pipe', () => {
  expect(renderStatusLine(SITE)).toBe(
    '00:01:12 | mains 25.0 10.0 31.0 A | slave1 charging 9.9 A | slave2 not heard | slave3 blocked 0.0 A',
  );
});
