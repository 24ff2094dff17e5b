import { plugResistor } from './plug-resistor.js';

const DIVIDER = { kind: 'divider', pullUp_ohm: 1000, supply_mV: 3300 } as const;

// io.md 5: the ranges end at 75, 150, 330, 1000 and 2200 ohm; the voltages are R / (R + 1000) of 3.3 V
test.each<[level_mV: number, ohm: number | null]>([
  [-100, 0],
  [0, 0],
  [1, 0],
  [230, 75],
  [300, 100],
  [595, 220],
  [1336, 680],
  [1980, 1500],
  [3142, 19_886],
  // 20,019 ohm: nothing is plugged in
  [3143, null],
  [3299, null],
  [3300, null],
  [5000, null],
])('a divider: %d mV are %p ohm', (level_mV, ohm) => {
  expect(plugResistor(level_mV, DIVIDER)).toBe(ohm);
});

// io.md 1.2: chargebyte's thresholds
const TABLE = {
  kind: 'table' as const,
  rows: [
    { from_mV: 2459, ohm: null },
    { from_mV: 1813, ohm: 1500 },
    { from_mV: 1170, ohm: 680 },
    { from_mV: 891, ohm: 220 },
    { from_mV: 751, ohm: 100 },
  ],
};

test.each<[level_mV: number, ohm: number | null]>([
  [3300, null],
  [2459, null],
  [2458, 1500],
  [1813, 1500],
  [1812, 680],
  [1170, 680],
  [1169, 220],
  [891, 220],
  [890, 100],
  [751, 100],
  [750, 0],
  [0, 0],
  [-1, 0],
])('a table: %d mV are %p ohm', (level_mV, ohm) => {
  expect(plugResistor(level_mV, TABLE)).toBe(ohm);
});
