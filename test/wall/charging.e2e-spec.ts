// A charge point on the fake sysfs through an ordinary day.
import { buildApps } from '../../apps/slave/test/lone-parts.js';
import { ChargePoint } from './charge-point.js';
import { RASPBERRY, TARRAGON } from './wirings.js';

beforeAll(buildApps, 120_000);

describe.each([RASPBERRY, TARRAGON])('a charge point on $name', (wiring) => {
  let point: ChargePoint;
  beforeAll(async () => {
    point = await ChargePoint.open(wiring);
    await point.start();
  }, 60_000);
  afterAll(() => point.close());

  test('charges', async () => {
    point.arrive();
    await point.untilCharging();
    expect(point.value('faults')).toBe('none');
  }, 90_000);
});
