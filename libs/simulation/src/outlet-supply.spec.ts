// The supply of an outlet's board, what a board is told when it comes, and what an outlet costs that has nothing of it.
import { BARE, CHARGING, type Deed, FITTED, LOCK, PWM, breaks, mends, play, power } from '../test/outlet-rig.js';
import { type OutletCommand, commandOutlet, greeting, initialOutlet, outletDueAt, stepOutlet } from './outlet.js';
import { NO_FAULTS } from './physical-faults.js';

describe('a supply that goes', () => {
  const story = play(9000, [
    ...CHARGING,
    [1000, LOCK],
    [6000, breaks('supply-failing')],
    [6500, PWM],
    [6500, power(true)],
  ]);
  const heard = story.events.filter(({ at, kind }) => at >= 6000 && kind !== 'sample' && kind !== 'proximity');

  test('tells so, lets the contactor fall, and is silent', () => {
    expect(heard.filter(({ kind }) => kind !== 'draw')).toEqual([
      { at: 6000, kind: 'supply', failing: true },
      { at: 6240, kind: 'contactor', closed: false },
    ]);
    expect(story.events.at(-1)?.at).toBe(6240);
  });

  test('I14: unlocks with what is stored once the contactor has fallen, and takes no command', () => {
    expect(story.state).toMatchObject({ isClosed: false, isPowerAllowed: false, pilot: { kind: 'X1' } });
    expect(story.state.fittings).toMatchObject({ bolt: 'unlocked', isSpent: true });
    expect(commandOutlet(story.state, 9000, LOCK, FITTED.car).fittings.pulse).toBeNull();
    expect(commandOutlet(story.state, 9000, { kind: 'press', pressed: true }, FITTED.car).fittings.isPressed).toBe(
      true,
    );
  });

  test('is told of when it is back, with all that a board must know', () => {
    const back = play(9500, [[9010, mends('supply-failing')]], { at: 9000, state: story.state });
    expect(back.events.slice(0, 6).map(({ kind }) => kind)).toEqual([
      'lock',
      'switch',
      'residual',
      'temperature',
      'supply',
      'sample',
    ]);
    expect(back.state.isClosed).toBe(false);
  });

  test('keeps a welded contactor closed, and then the plug locked', () => {
    const deeds: Deed[] = [
      [1000, LOCK],
      [5000, breaks('contactor-welded')],
      [6000, breaks('supply-failing')],
    ];
    const { state } = play(9000, [...CHARGING, ...deeds]);
    expect([state.isClosed, state.fittings.bolt]).toEqual([true, 'locked']);
  });

  test('is mended from within what is stored without a trace', () => {
    const deeds: Deed[] = [
      [6000, breaks('supply-failing')],
      [6100, mends('supply-failing')],
    ];
    expect(play(9000, [...CHARGING, ...deeds]).state.isClosed).toBe(true);
  });
});

test('a board that comes is told of the contactor first, then of its fittings and the cable', () => {
  const { state } = play(4000, CHARGING);
  expect(greeting(state, 4000, FITTED).map(({ kind }) => kind)).toEqual([
    'contactor',
    'lock',
    'switch',
    'residual',
    'temperature',
    'supply',
    'proximity',
  ]);
  expect(greeting(state, 4000, BARE)).toEqual([
    { kind: 'contactor', closed: true },
    { kind: 'proximity', ohm: 220 },
  ]);
});

test.each<[string, readonly OutletCommand[], number]>([
  ['nothing', [], Infinity],
  ['a bolt', [{ kind: 'lock', toward: 'locked', for_ms: 600 }], 1100],
  ['a supply', [breaks('supply-failing')], 1200],
])('the next to move is %s', (_, commands, at) => {
  const state = commands.reduce((s, command) => commandOutlet(s, 1000, command, FITTED.car), initialOutlet());
  expect(outletDueAt(state, 1000)).toBe(at);
  expect(outletDueAt(state, 9000)).toBe(at === 1200 ? Infinity : at);
});

test('sound and without fittings an outlet builds no more than it did', () => {
  const { state } = stepOutlet(initialOutlet(), { at: 0, elapsed_ms: 0 }, BARE);
  const next = stepOutlet(state, { at: 10, elapsed_ms: 10 }, BARE);
  expect(next.state.fittings).toBe(state.fittings);
  expect(next.state.faults).toBe(NO_FAULTS);
});
