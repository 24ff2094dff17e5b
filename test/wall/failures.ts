// Hardware that does not obey, and hardware that is not there: the board is lost, as safe as it can be, and comes back
// by itself when it is mended. A device that is missing is one whose folder is hidden. On one board.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApps } from '../../apps/slave/test/lone-parts.js';
import type { Control, Failing } from '../front-end/control.js';
import { channelKey, lineKey, type Wiring } from '../front-end/wiring.js';
import { ChargePoint } from './charge-point.js';
import { RASPBERRY, TARRAGON } from './wirings.js';

const EIO: Omit<Failing, 'of'> = { errno: 5, times: -1 };
const MENDED: Omit<Failing, 'of'> = { errno: 0, times: 0 };
/** design.md 3 rule 6, whatever it is that fails. */
const SAFE_WITHIN_s = 6;
const TOLD_WITHIN_s = 5;

/** A start each, so each on one board only. */
const MISSING = [
  ['the GPIO lines', '/sys/class/gpio', TARRAGON],
  ['the PWM', '/sys/class/pwm', RASPBERRY],
  ['the converter', '/sys/bus/iio/devices', TARRAGON],
] as const;

export function failures(wiring: Wiring): void {
  beforeAll(buildApps, 120_000);

  describe(`a charge point on ${wiring.name}`, () => {
    const coil = wiring.contactor.enable;
    let point: ChargePoint;
    let control: Control;
    beforeAll(async () => {
      point = await ChargePoint.open(wiring);
      control = point.frontEnd.namespace.control;
      await point.start();
      point.arrive();
    }, 60_000);
    afterAll(() => point.close());

    const isLost = (): boolean => point.faults().includes('board-lost');
    const failConverter = async (how: Omit<Failing, 'of'>): Promise<void> => {
      for (let channel = 0; channel < wiring.adc.channels; channel += 1)
        await control.fail(channelKey(wiring, channel), `in_voltage${channel}_raw`, { of: 'read', ...how });
    };

    test('EIO on every read of the converter: lost and open, and back when it is mended', async () => {
      await point.untilCharging();
      await failConverter(EIO);
      await point.within(SAFE_WITHIN_s, () => point.isSafe(), 'safe');
      await point.within(TOLD_WITHIN_s, isLost, 'told');
      await point.holdsFor(3, () => point.isSafe() && isLost(), 'it stays so');
      expect(point.slave.err()).toMatch(/in_voltage\d+_raw: EIO/);
      await failConverter(MENDED);
      await point.untilCharging();
      expect(point.faults()).toBe('none');
    }, 150_000);

    test("EIO on the coil's value: the contact opens another way, and comes back when it is mended", async () => {
      const { hands } = point.frontEnd;
      await control.fail(lineKey(coil), 'value', { of: 'write', ...EIO });
      hands.connect('B');
      await point.within(SAFE_WITHIN_s, () => point.isSafe(), 'safe');
      await point.within(TOLD_WITHIN_s, isLost, 'told');
      await point.holdsFor(2, () => point.isSafe() && isLost(), 'it stays so');
      expect(point.slave.err()).toContain(`gpio line ${coil.chip} ${coil.offset}`);
      await control.fail(lineKey(coil), 'value', { of: 'write', ...MENDED });
      hands.connect('C');
      await point.untilCharging();
    }, 150_000);

    test("the coil's line sticks: the pilot is off, a coil that wants pulses falls, and it comes back when mended", async () => {
      const { hands, eyes } = point.frontEnd;
      await control.stick(lineKey(coil), coil.active);
      hands.connect('B');
      await point.within(SAFE_WITHIN_s, () => eyes.output().kind !== 'pwm', 'no current is offered');
      if (wiring.contactor.heartbeat !== undefined)
        await point.within(SAFE_WITHIN_s, () => !eyes.isClosed(), 'the coil falls by itself');
      await point.within(TOLD_WITHIN_s, isLost, 'told');
      hands.connect('C');
      await point.holdsFor(3, () => eyes.output().kind !== 'pwm' && isLost(), 'it stays so');
      await control.stick(lineKey(coil), null);
      await point.untilCharging();
    }, 150_000);

    test.each(MISSING.filter(([, , on]) => on === wiring))(
      '%s are not there at the start: it runs, says so, keeps trying, and charges when they appear',
      async (_, folder) => {
        process.kill(point.slave.pid, 'SIGTERM');
        await point.slave.ended;
        const nothing = join(point.folder, 'nothing');
        mkdirSync(nothing, { recursive: true });
        await point.inside('mount', '--bind', nothing, folder);
        await point.start();
        await point.within(20, isLost, 'told');
        await point.holdsFor(2, () => point.isSafe() && isLost() && !point.hasEnded(), 'it goes on');
        expect(point.slave.err()).toContain(folder);
        // Lazily: a slave that is just looking for its files would keep the folder busy.
        await point.inside('umount', '--lazy', folder);
        await point.untilCharging();
      },
      150_000,
    );
  });
}
