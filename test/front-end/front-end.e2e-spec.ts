// The front end behind the files, for both wirings: what a program there reads of a car, a plug and what breaks, and
// what becomes of what it writes. The program is a plain one; what a board makes of the files is the board's suite.
import { until } from './at-files.js';
import { FrontEnd } from './front-end.js';
import { NEAR_mV, Post } from './post.js';
import { lineKey, pilotCounts, pwmKey, type Wiring } from './wiring.js';
import { RASPBERRY, TARRAGON } from './wirings.js';

describe.each([TARRAGON, patient(RASPBERRY)])('the front end of $name', (wiring) => {
  let post: Post;
  beforeEach(async () => {
    post = new Post(await FrontEnd.open(wiring));
  });
  afterEach(() => post.frontEnd.close());

  test('shows the levels of A, B and C, high alone while it is steady, and both under PWM', async () => {
    const { hands, eyes } = post.frontEnd;
    await post.pilot(1000);
    await post.untilShows(12_000, 12_000);
    hands.connect('B');
    await post.untilShows(9000, 9000);
    await post.pilot(266);
    await post.untilShows(9000, -12_000);
    hands.connect('C');
    await post.untilShows(6000, -12_000);
    expect(eyes.output()).toEqual({ kind: 'pwm', duty_permille: 266 });
    hands.connect('A');
    await post.untilShows(12_000, -12_000);
    await post.pilot(0);
    await post.untilShows(-12_000, -12_000);
    expect(eyes.output()).toEqual({ kind: 'F' });
  });

  test('holds the peaks until it is reset', async () => {
    const { positive } = wiring.pilot;
    await post.pilot(1000);
    await post.untilShows(12_000, 12_000);
    post.frontEnd.hands.connect('B');
    const held = await post.raw(positive.channel);
    await post.frontEnd.settled();
    expect(held).toBeGreaterThan(pilotCounts(wiring, 12_000 - NEAR_mV));
    expect(await post.raw(positive.channel)).toBeGreaterThanOrEqual(held);
    await post.untilShows(9000, 9000);
  });

  test.each([
    ['diode-missing', 6000, -6000],
    ['pilot-shorted', 0, 0],
    ['pilot-negative', -12_000, -12_000],
  ] as const)('shows a line as it is: %s', async (fault, high_mV, low_mV) => {
    post.frontEnd.hands.connect('C');
    await post.pilot(266);
    await post.untilShows(6000, -12_000);
    post.frontEnd.hands.break(fault, true);
    await post.untilShows(high_mV, low_mV);
    post.frontEnd.hands.break(fault, false);
    await post.untilShows(6000, -12_000);
  });

  test('cannot be read where it is silent', async () => {
    const file = `/sys/bus/iio/devices/iio:device0/in_voltage${wiring.pilot.positive.channel}_raw`;
    post.frontEnd.hands.break('pilot-silent', true);
    await until(async () => (await post.files.read(file)) === 'EIO', 'it is silent');
    post.frontEnd.hands.break('pilot-silent', false);
    await until(async () => (await post.files.read(file)) !== 'EIO', 'it speaks');
  });

  test('shows the plug', async () => {
    const { channel } = wiring.proximity;
    const without = await post.raw(channel);
    post.frontEnd.hands.plug(220);
    await until(async () => (await post.raw(channel)) < without / 2, 'a plug');
    post.frontEnd.hands.break('proximity-lost', true);
    await until(async () => (await post.raw(channel)) === without, 'no contact');
  });

  test('its contactor follows its line, and the feedback the contactor', async () => {
    expect(await post.isSo(wiring.contactor.feedback)).toBe(false);
    await post.close();
    await post.drive(wiring.contactor.enable, false);
    await post.untilFeedback(false);
  });

  test('its contactor welds, and hangs', async () => {
    await post.close();
    post.frontEnd.hands.break('contactor-welded', true);
    await post.drive(wiring.contactor.enable, false);
    await post.frontEnd.settled();
    expect(await post.staysClosed(true)).toBe(true);
    post.frontEnd.hands.break('contactor-welded', false);
    await post.untilFeedback(false);
    post.frontEnd.hands.break('contactor-stuck', true);
    await post.drive(wiring.contactor.enable, true);
    expect(await post.staysClosed(false)).toBe(true);
    post.frontEnd.hands.break('contactor-stuck', false);
    await post.untilFeedback(true);
  });

  test('an enable line that is stuck keeps its contactor, whatever is written', async () => {
    await post.close();
    await post.frontEnd.namespace.control.stick(lineKey(wiring.contactor.enable), 1);
    await post.drive(wiring.contactor.enable, false);
    expect(await post.staysClosed(true)).toBe(true);
    expect(await post.isSo(wiring.contactor.enable)).toBe(true);
  });

  test('I14: its lock moves while it is driven one way, and not when both lines are on', async () => {
    const { toLock, toUnlock } = wiring.lock;
    const bolt = (): string => post.frontEnd.eyes.bolt();
    await post.drive(toUnlock, false);
    await post.drive(toLock, false);
    expect(bolt()).toBe('unlocked');
    const unlocked = await post.lockReading();
    await post.drive(toLock, true);
    await until(() => bolt() === 'locked', 'it is locked');
    await until(async () => (await post.lockReading()) !== unlocked, 'its contact says so');
    await post.drive(toUnlock, true);
    expect(await post.staysClosed(false)).toBe(true);
    expect(bolt()).toBe('locked');
    await post.drive(toLock, false);
    await until(() => bolt() === 'unlocked', 'it is unlocked');
    expect(await post.lockReading()).toBe(unlocked);
  });

  test('I16: its monitor trips on a broken wire and on a residual current', async () => {
    const { fault } = wiring.residual;
    expect(await post.isSo(fault)).toBe(false);
    post.frontEnd.hands.break('residual-wire', true);
    await until(() => post.isSo(fault), 'a broken wire');
    post.frontEnd.hands.break('residual-wire', false);
    await until(async () => !(await post.isSo(fault)), 'a wire');
    post.frontEnd.hands.break('residual-current', true);
    await post.close();
    await until(() => post.isSo(fault), 'a residual current');
  });

  test('without its supply nothing is driven, and the contactor falls', async () => {
    await post.pilot(1000);
    await post.close();
    post.frontEnd.hands.break('supply-failing', true);
    await post.untilFeedback(false);
    await post.untilShows(0, 0);
    post.frontEnd.hands.break('supply-failing', false);
    await post.untilShows(12_000, 12_000);
    expect(await post.frontEnd.namespace.control.look(pwmKey(wiring))).toBe(1000);
  });
});

describe('a coil that needs pulses', () => {
  let post: Post;
  beforeEach(async () => {
    post = new Post(await FrontEnd.open(RASPBERRY));
  });
  afterEach(() => post.frontEnd.close());

  test('does not close without them, drops when they end, whatever its line says, and closes when they are back', async () => {
    const { enable } = RASPBERRY.contactor;
    await post.drive(enable, true);
    await until(() => post.isSo(enable), 'the line is on');
    expect(post.frontEnd.eyes.isClosed()).toBe(false);
    await post.untilFeedback(true);
    await until(() => !post.frontEnd.eyes.isClosed(), 'the coil drops');
    expect(await post.isSo(enable)).toBe(true);
    await post.untilFeedback(true);
  });
});

describe('what only the Raspberry has', () => {
  let post: Post;
  beforeEach(async () => {
    post = new Post(await FrontEnd.open(patient(RASPBERRY)));
  });
  afterEach(() => post.frontEnd.close());

  test('its monitor trips on a test, and lets go', async () => {
    const { fault, test: line } = RASPBERRY.residual;
    if (line === undefined) throw new Error('it has a test line');
    await post.drive(line, true);
    await until(() => post.isSo(fault), 'it trips');
    await until(async () => !(await post.isSo(fault)), 'it lets go');
  });

  test('its switch is pressed, and let go', async () => {
    const { access } = RASPBERRY;
    if (access === undefined) throw new Error('it has a switch');
    for (const pressed of [false, true, false]) {
      post.frontEnd.hands.press(pressed);
      await until(async () => (await post.isSo(access)) === pressed, `pressed: ${pressed}`);
    }
  });

  test('its thermometer says when it is too hot', async () => {
    const read = () => post.files.read('/sys/class/hwmon/hwmon0/temp1_input');
    expect(await read()).toBe('25000');
    post.frontEnd.hands.break('too-hot', true);
    await until(async () => (await read()) === '70000', 'it is hot');
  });

  test('its LED is seen to be on', async () => {
    const [red] = RASPBERRY.led;
    if (red === undefined) throw new Error('it has an LED');
    expect(post.frontEnd.eyes.indicator()).toBe('off');
    await post.drive(red, true);
    await until(() => post.frontEnd.eyes.indicator() === 'on', 'it is on');
  });
});

test('only the Tarragon can read that its supply goes', async () => {
  const post = new Post(await FrontEnd.open(TARRAGON));
  const { channel = NaN } = TARRAGON.supply ?? {};
  const before = await post.raw(channel);
  post.frontEnd.hands.break('supply-failing', true);
  await until(async () => (await post.raw(channel)) < before / 2, 'the supply goes');
  await post.frontEnd.close();
});

/** Its coil bears a computer that stalls. */
function patient(wiring: Wiring): Wiring {
  const { contactor } = wiring;
  const { heartbeat } = contactor;
  if (heartbeat === undefined) return wiring;
  return { ...wiring, contactor: { ...contactor, heartbeat: { ...heartbeat, timeout_ms: 20_000 } } };
}
