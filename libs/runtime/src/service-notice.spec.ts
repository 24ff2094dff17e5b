import { failure, ok, type Result } from '@fairamp/units';
import { EventLoop } from './event-loop.js';
import type { NotifySocket } from './notify-socket.js';
import { serviceNotice, type ServiceNotice } from './service-notice.js';

const PID = 4711;
const MANAGED = { NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '2000000', WATCHDOG_PID: String(PID) };

type Rig = { notice: ServiceNotice; sent: string[]; said: string[]; opened: string[]; pass: (ms: number) => void };

function rig(env: Record<string, string>, answer?: () => Result<null, 'not-sent'>): Rig {
  const [sent, said, opened]: string[][] = [[], [], []];
  let at = 1000;
  const send: NotifySocket['send'] = (text) => (sent?.push(text), answer?.() ?? ok(null));
  const notice = serviceNotice({
    env,
    pid: PID,
    now: () => at,
    say: (trouble) => said?.push(trouble),
    openSocket: async (address) => Promise.resolve((opened?.push(address), ok({ send }))),
  });
  return { notice, sent: sent ?? [], said: said ?? [], opened: opened ?? [], pass: (ms) => void (at += ms) };
}

test('says that it is ready, what it does, and that it stops', async () => {
  const { notice, sent, opened } = rig(MANAGED);
  await notice.open();
  notice.ready();
  notice.status(`slave "left"\nruns ${'on '.repeat(200)}`);
  notice.stopping();
  expect(opened).toEqual(['/run/notify']);
  expect(sent.map((text) => text.slice(0, 30))).toEqual(['READY=1', 'STATUS=slave "left" runs on on', 'STOPPING=1']);
  expect(sent[1]).toHaveLength('STATUS='.length + 200);
});

test('feeds the watchdog four times within its time, however many decisions there are', async () => {
  const { notice, sent, pass } = rig(MANAGED);
  await notice.open();
  for (let decisions = 0; decisions < 200; decisions += 1) {
    notice.alive();
    pass(10);
  }
  expect(sent).toEqual(['WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1', 'WATCHDOG=1']);
});

test.each([
  ['no manager runs it', {}],
  ['the manager has no watchdog', { NOTIFY_SOCKET: '/run/notify' }],
  ['the watchdog watches the parent', { ...MANAGED, WATCHDOG_PID: '1' }],
  ['the time is none', { ...MANAGED, WATCHDOG_USEC: '2s' }],
  ['the time is nothing', { ...MANAGED, WATCHDOG_USEC: '0' }],
])('feeds no watchdog when %s', async (_, env) => {
  const { notice, sent } = rig(env);
  await notice.open();
  notice.alive();
  expect(sent).toEqual([]);
});

test('a watchdog whose process is not named watches this one', async () => {
  const { notice, sent } = rig({ NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '2000000' });
  await notice.open();
  notice.alive();
  expect(sent).toEqual(['WATCHDOG=1']);
});

test('without a manager nothing is opened; before it is opened nothing is sent', async () => {
  const alone = rig({});
  await alone.notice.open();
  alone.notice.ready();
  const early = rig(MANAGED);
  early.notice.alive();
  early.notice.ready();
  expect([alone.opened, alone.sent, early.sent]).toEqual([[], [], []]);
  await early.notice.open();
  early.notice.alive();
  expect(early.sent).toEqual(['WATCHDOG=1']);
});

test('what cannot be sent is said once', async () => {
  const { notice, said } = rig(MANAGED, () => failure('not-sent', 'error 111'));
  await notice.open();
  for (let times = 0; times < 3; times += 1) notice.ready();
  expect(said).toEqual(['service manager: error 111']);
});

test('a socket that cannot be opened is said once, and ends nothing', async () => {
  const said: string[] = [];
  const notice = serviceNotice({
    env: MANAGED,
    pid: PID,
    now: () => 0,
    say: (trouble) => void said.push(trouble),
    openSocket: async () => Promise.resolve(failure('no-socket', 'koffi: no such module')),
  });
  await notice.open();
  notice.ready();
  notice.alive();
  expect(said).toEqual(['service manager: koffi: no such module']);
});

describe('I2: a watchdog is fed by completed decisions and by nothing else', () => {
  type Wish = 'decide' | 'fail' | 'stop';
  const world = async () => {
    const { notice, sent, pass } = rig(MANAGED);
    await notice.open();
    const loop: EventLoop<number, Wish, Wish, null> = new EventLoop<number, Wish, Wish, null>({
      step: (state, event) => ({ state: state + 1, commands: [event] }),
      run: (command) => {
        if (command === 'fail') throw new Error('a bug of ours');
        if (command === 'stop') loop.stop();
      },
      onStep: () => notice.alive(),
      onCrash: () => undefined,
      initial: 0,
      config: null,
    });
    const live = (wish: Wish): void => {
      loop.push(wish);
      pass(1000);
    };
    return { sent, live, notice };
  };

  test.each([
    ['fail' as const, 2],
    ['stop' as const, 3],
  ])('after %s nothing is sent any more', async (end, fed) => {
    const { sent, live } = await world();
    live('decide');
    live('decide');
    live(end);
    for (let times = 0; times < 10; times += 1) live('decide');
    expect(sent).toHaveLength(fed);
  });

  test('nor while it stops in order', async () => {
    const { sent, live, notice } = await world();
    live('decide');
    notice.stopping();
    live('decide');
    expect(sent).toEqual(['WATCHDOG=1', 'STOPPING=1']);
  });
});
