// Every lie that is told apart, and what is said of it.
import { mapPhases, type PerPhase } from '@fairamp/units';
import { humming, type Meter, on, oneCar, solar, type Tale, Telling, threePhases } from '../../test/meter-tale.js';

describe('I7: a lying meter is distrusted, and it is said why', () => {
  const from =
    (second: number, lie: Meter): Meter =>
    (true_dA, now) =>
      now < second ? true_dA : lie(true_dA, now);
  const flipped: Meter = (true_dA) => mapPhases(true_dA, (current) => -current);
  const swapped: Meter = ({ L1, L2, L3 }) => on(L2, L1, L3);
  const unplugged: Meter = ({ L2, L3 }) => on(0, L2, L3);
  const outside: Meter = (_, second) => humming(second);
  const half: Meter = (true_dA) => mapPhases(true_dA, (current) => Math.round(current / 2));
  const full = (second: number): PerPhase<number> => on(180 + (second % 3), 180 + (second % 2), 180 + (second % 4));

  test.each<[string, Tale, readonly [because: string, phases: string, evidence: RegExp]]>([
    [
      'that repeats itself',
      { cars_dA: oneCar, meter: from(20, () => on(20, 31, 8)) },
      ['frozen', 'L1,L2,L3', /6\.0 A on L1/],
    ],
    [
      'that reads import as export',
      { cars_dA: oneCar, meter: flipped, ...solar },
      ['sign-flipped', 'L1', /turned round/],
    ],
    [
      'with one transformer turned round',
      { cars_dA: threePhases, meter: ({ L1, L2, L3 }) => on(L1, -L2, L3), ...solar },
      ['sign-flipped', 'L2', /on L2/],
    ],
    [
      'with two transformers exchanged',
      { cars_dA: oneCar, meter: swapped, ...solar },
      ['swapped', 'L1,L2', /exchanged/],
    ],
    [
      'that has lost a transformer',
      { cars_dA: oneCar, meter: unplugged },
      ['unplugged', 'L1', /L1 0\.0 A, our cars 6\.0 A/],
    ],
    [
      'that has lost one behind a battery',
      { cars_dA: oneCar, meter: unplugged, signed: true, config: { generation: 'battery' } },
      ['unplugged', 'L1', /did not follow/],
    ],
    ['that does not see our cars', { cars_dA: oneCar, meter: outside, ...solar }, ['unmoved', 'L1', /did not follow/]],
    ['that reads half of our cars', { cars_dA: threePhases, meter: half, ...solar }, ['scaled', 'L1', /too little/]],
    ['that reads less than our cars', { cars_dA: oneCar, meter: half }, ['below-cars', 'L1', /less than our cars/]],
    [
      'that reads what no fuse carries',
      { cars_dA: oneCar, meter: from(40, () => on(32_767, 0, 0)) },
      ['implausible', 'L1', /3276\.7 A/],
    ],
    ['that reads no number', { cars_dA: oneCar, meter: from(40, () => on(NaN, 0, 0)) }, ['implausible', 'L1', /NaN/]],
    [
      'that is exchanged although the house draws more than the cars',
      { cars_dA: oneCar, house_dA: full, meter: swapped },
      ['swapped', 'L1,L2', /exchanged/],
    ],
  ])('%s', (_, tale, [because, phases, evidence]) => {
    const telling = new Telling(tale);
    telling.until(90);
    const verdict = telling.verdicts.find(({ level }) => level === 'distrusted');
    expect(verdict).toMatchObject({ because, evidence: expect.stringMatching(evidence) });
    expect(verdict?.level === 'distrusted' && verdict.phases.join()).toContain(phases);
  });

  test('a Sensorbox that repeats itself under a charging car is found without any step', () => {
    const telling = new Telling({
      cars_dA: () => on(160),
      meter: from(10, () => on(180, 31, 8)),
      config: { source: 'sensorbox' },
    });
    expect(telling.until(125)).toMatchObject({ level: 'trusted' });
    expect(telling.until(140)).toMatchObject({ level: 'distrusted', because: 'frozen' });
  });
});
