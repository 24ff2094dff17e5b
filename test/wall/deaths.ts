// Every way in which the two processes of a slave die, stand still or lose each other while a car charges, on one board:
// what becomes of contact and pilot within the promise, and that the next start begins safe and charges again.
import { buildApps } from '../../apps/slave/test/lone-parts.js';
import type { Wiring } from '../front-end/wiring.js';
import { ChargePoint } from './charge-point.js';

/** design.md 3 rule 6: what is left opens within 6 s, net of the time in which this computer stood still. */
const FAIL_SAFE_s = 6;
/** A process that has noticed says so, and ends. */
const ENDS_s = 10;

type Death = {
  readonly what: string;
  readonly strike: (slave: number, io: number) => void;
  /** survives: the slave goes on, when it is let. */
  readonly then: 'ends' | 'survives';
};

const kill = (signal: NodeJS.Signals, ...pids: readonly number[]): void =>
  pids.forEach((pid) => process.kill(pid, signal));

const DEATHS: readonly Death[] = [
  { what: 'the slave is killed', strike: (slave) => kill('SIGKILL', slave), then: 'ends' },
  { what: 'the io process is killed', strike: (_, io) => kill('SIGKILL', io), then: 'ends' },
  { what: 'the slave stands still', strike: (slave) => kill('SIGSTOP', slave), then: 'survives' },
  { what: 'the io process stands still', strike: (_, io) => kill('SIGSTOP', io), then: 'ends' },
  { what: 'the slave closes the pipe', strike: (slave) => kill('SIGWINCH', slave), then: 'ends' },
  { what: 'the io process closes the pipe', strike: (_, io) => kill('SIGWINCH', io), then: 'ends' },
];

/** Where a coil falls by itself some of them are one: its heartbeat ends. */
const OF_A_FALLING_COIL = ['the slave is killed', 'the io process stands still', 'the slave stands still'];

export function deaths(wiring: Wiring): void {
  const hasFallingCoil = wiring.contactor.heartbeat !== undefined;
  const own = DEATHS.filter(({ what }) => !hasFallingCoil || OF_A_FALLING_COIL.includes(what));
  describe(`a charge point on ${wiring.name}`, () => {
    let point: ChargePoint;
    beforeAll(() => buildApps(), 120_000);
    beforeAll(async () => {
      point = await ChargePoint.open(wiring);
      await point.start({ program: 'cut-pipe.mjs' });
      point.arrive();
    }, 60_000);
    afterAll(() => point.close());

    /** As its service manager does, and no sooner than a process would be back. */
    const startAgain = async (): Promise<void> => {
      expect(await point.makeSafe()).toBe(0);
      const moves = point.coilMoves.length;
      await point.start({ program: 'cut-pipe.mjs' });
      // The car still asks, and has to wait.
      expect(point.coilMoves.slice(moves).filter(({ isOn }) => isOn)).toEqual([]);
      await point.untilCharging();
    };

    test.each(own)(
      'I3 I11: $what, and contact and pilot are safe; then it charges again',
      async (death) => {
        await point.untilCharging();
        death.strike(point.slave.pid, point.ioPid());
        await point.within(FAIL_SAFE_s, () => point.isSafe(), 'safe');
        if (death.then === 'survives') {
          await point.holdsFor(3, () => point.isSafe(), 'it stays safe');
          process.kill(point.slave.pid, 'SIGCONT');
          return point.untilCharging();
        }
        await point.within(ENDS_s, () => point.hasEnded(), 'both processes end');
        await point.holdsFor(1, () => point.isSafe(), 'it stays safe');
        await startAgain();
      },
      180_000,
    );

    test('I3: both are killed at once, and what the service manager runs makes contact and pilot safe', async () => {
      await point.untilCharging();
      const [slave, io] = [point.slave.pid, point.ioPid()];
      // Held first, so that it does nothing in the moment in which it is alone.
      kill('SIGSTOP', io);
      kill('SIGKILL', slave, io);
      await point.within(ENDS_s, () => point.hasEnded(), 'both processes end');
      const { eyes } = point.frontEnd;
      // Its outputs are latched: a coil falls when it wants pulses, else nothing does.
      if (!hasFallingCoil) await point.holdsFor(2, () => eyes.isClosed() && eyes.output().kind === 'pwm', 'latched');
      else await point.within(FAIL_SAFE_s, () => !eyes.isClosed(), 'the coil falls by itself');
      expect(await point.makeSafe()).toBe(0);
      await point.within(2, () => point.isSafe() && eyes.output().kind === 'F', 'safe, the pilot at F');
      await startAgain();
    }, 180_000);
  });
}
