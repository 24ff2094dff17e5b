import { recordedHouse } from './recorded-house.js';

const day = (date: string, ...currents: number[]) => currents.map((current, i) => `${date},00:0${i}:00,0.5,${current}`);
const minutely = (...lines: string[]) => ['date,time,active_kW,current_A', ...lines].join('\n');
const phased = (...lines: string[]) => ['time_s,L1_A,L2_A,L3_A', ...lines].join('\n');
const read = (csv: string) => {
  const house = recordedHouse(csv, 1);
  if (!house.ok) throw new Error(house.detail);
  return house.value;
};

describe('a recording', () => {
  test('of one phase by the minute plays three of its days as the three phases, and says so', () => {
    const house = read(minutely(...day('Mon', 1, 1, 1), ...day('Tue', 12, 12, 12), ...day('Wed', 23, 23, 23)));
    const { L1, L2, L3 } = house.currentsAt(90_000);
    expect([L1, L2, L3].map((current_dA) => Math.round(current_dA / 10))).toEqual([1, 12, 23]);
    expect(house.duration_ms).toBe(180_000);
    expect(house.label).toBe('recorded, 3 of 3 days as the three phases; inside a minute it is synthetic');
  });

  test('of a single day plays it on every phase', () => {
    expect(read(minutely(...day('Mon', 5, 5))).currentsAt(0).L3).toBeGreaterThan(40);
  });

  test('of three phases plays as it is, from its first line on', () => {
    const house = read(phased('100,1,2,3', '100.5,4,5,-6', '102.5,7,8,9'));
    expect(house.currentsAt(0)).toEqual({ L1: 10, L2: 20, L3: 30 });
    expect(house.currentsAt(500)).toEqual({ L1: 40, L2: 50, L3: -60 });
    expect(house.currentsAt(4400)).toEqual({ L1: 70, L2: 80, L3: 90 });
    expect(house.duration_ms).toBe(4500);
  });

  test('may have a byte order mark, carriage returns, spaces and empty lines', () => {
    const house = read('\uFEFF' + phased(' 0 , 1.04 , 2 , 3 ', '', '1,1,2,3', '').replaceAll('\n', '\r\n'));
    expect(house.currentsAt(0)).toEqual({ L1: 10, L2: 20, L3: 30 });
  });

  test.each([
    ['an empty file', '', 'columns', 'line 1 has : neither date,time,current_A nor time_s,L1_A,L2_A,L3_A'],
    ['other columns', 'a,b\n1,2', 'columns', 'line 1 has a,b: neither date,time,current_A nor time_s,L1_A,L2_A,L3_A'],
    ['no line', minutely(), 'too-short', 'no line of currents'],
    ['one line of three phases', phased('0,1,2,3'), 'too-short', 'fewer than two lines of currents'],
    [
      'a missing value',
      minutely('Mon,00:00,0.5,?'),
      'value',
      'line 2, column current_A: "?" is not a number from -200 to 200',
    ],
    [
      'an empty value',
      minutely('Mon,00:00,0.5,'),
      'value',
      'line 2, column current_A: "" is not a number from -200 to 200',
    ],
    ['a line cut short', phased('0,1,2,3', '1,1'), 'value', 'line 3, column L2_A: "" is not a number from -200 to 200'],
    ['watts', phased('0,1,2,3000', '1,1,2,3'), 'value', 'line 2, column L3_A: "3000" is not a number from -200 to 200'],
    [
      'not a number',
      phased('0,NaN,2,3', '1,1,2,3'),
      'value',
      'line 2, column L1_A: "NaN" is not a number from -200 to 200',
    ],
    ['no time of day', minutely('Mon,24:00,0.5,1'), 'value', 'line 2, column time: "24:00" is not hh:mm or hh:mm:ss'],
    [
      'a minute twice',
      minutely(...day('Mon', 1, 2), 'Mon,00:01:00,0.5,3'),
      'order',
      'line 4, column time: not after the line before',
    ],
    ['time going back', phased('1,1,2,3', '0,1,2,3'), 'order', 'line 3, column time_s: not after the line before'],
  ])('with %s is refused, and the line and column are named', (_, csv, reason, detail) => {
    expect(recordedHouse(csv, 1)).toEqual({ ok: false, reason, detail });
  });
});
