import { localAt } from './clock.js';
import { Process } from './process.js';
import { Timeline } from './timeline.js';

const TICK_ms = 100;

/** Notes `what@local time` of everything that happens to it. */
class Witness extends Process {
  readonly noted: string[] = [];
  lives = 0;

  hear(what: string): void {
    this.arrive(() => this.#note(what));
  }

  /** At a true time, as this clock shows it. */
  plan(due: number): void {
    this.dueAt(localAt(this.clock, due));
  }

  protected begin(): void {
    this.lives += 1;
    this.#note(`begin ${this.lives}`);
  }

  protected tick(): void {
    this.#note(`tick ${this.lives}`);
  }

  protected end(): void {
    this.#note('end');
  }

  #note(what: string): void {
    this.noted.push(`${what}@${this.local}`);
  }
}

/** A process whose clock began 1,000 ms earlier, and what is done to it when; then what it noted. */
function told(until: number, ...deeds: readonly (readonly [at: number, deed: (process: Witness) => void])[]) {
  const timeline = new Timeline();
  const process = new Witness('one', { zero_ms: 1000, ppm: 0 }, timeline, TICK_ms);
  for (const [at, deed] of deeds) timeline.schedule(at, () => deed(process));
  timeline.runUntil(until);
  return { noted: process.noted, process };
}
const start = (process: Witness): void => process.start();
const kill = (process: Witness): void => process.kill();
const freeze = (process: Witness): void => process.freeze();
const thaw = (process: Witness): void => process.thaw();
const hear = (what: string) => (process: Witness) => process.hear(what);

describe('a process that runs', () => {
  test('begins, ticks at its pace and reads what arrives at once, all by its own clock', () => {
    expect(told(250, [0, start], [150, hear('x')]).noted).toEqual([
      'begin 1@1000',
      'tick 1@1100',
      'x@1150',
      'tick 1@1200',
    ]);
  });

  test.each([
    ['before its start', [], 'down', 0],
    ['after it', [[50, start]], 'up', 50],
    [
      'when it is killed',
      [
        [50, start],
        [60, kill],
      ],
      'down',
      60,
    ],
    [
      'when it is killed twice',
      [
        [50, start],
        [60, kill],
        [70, kill],
      ],
      'down',
      60,
    ],
    [
      'when it stands still',
      [
        [50, start],
        [60, freeze],
      ],
      'frozen',
      60,
    ],
    [
      'when it goes on',
      [
        [50, start],
        [60, freeze],
        [70, thaw],
      ],
      'up',
      70,
    ],
    [
      'when it is killed while it stands still',
      [
        [50, start],
        [60, freeze],
        [70, kill],
      ],
      'down',
      70,
    ],
    [
      'when somebody wants to freeze the dead',
      [
        [50, start],
        [60, kill],
        [70, freeze],
      ],
      'down',
      60,
    ],
    [
      'when somebody wants to thaw the dead',
      [
        [50, start],
        [60, kill],
        [70, thaw],
      ],
      'down',
      60,
    ],
    [
      'when somebody wants to thaw the living',
      [
        [50, start],
        [60, thaw],
      ],
      'up',
      50,
    ],
  ] as const)('tells its life and since when: %s', (_, deeds, state, since) => {
    expect(told(100, ...deeds).process.life).toEqual({ state, since });
  });
});

describe('a process that is killed', () => {
  test('hears nothing more, ticks no more, and loses what it had not read', () => {
    const { noted } = told(
      900,
      [0, start],
      [110, freeze],
      [120, hear('unread')],
      [130, kill],
      [140, hear('unheard')],
      [150, thaw],
      [320, start],
    );
    expect(noted).toEqual(['begin 1@1000', 'tick 1@1100', 'end@1130', 'begin 2@1320', ...ticks(2, 420, 820)]);
  });

  test('begins again at the new start, and no tick of the earlier life is left', () => {
    const { noted, process } = told(300, [0, start], [30, kill], [50, start]);
    expect(noted).toEqual(['begin 1@1000', 'end@1030', 'begin 2@1050', 'tick 2@1150', 'tick 2@1250']);
    expect(process.startedAt).toBe(50);
  });

  test('ends once', () => {
    expect(told(90, [0, start], [30, kill], [40, kill]).noted).toEqual(['begin 1@1000', 'end@1030']);
  });
});

describe('a process that stands still', () => {
  test('reads what came meanwhile when it goes on, in order, at that time, its overdue timer first', () => {
    const { noted } = told(480, [0, start], [150, freeze], [160, hear('x')], [300, hear('y')], [430, thaw]);
    expect(noted).toEqual(['begin 1@1000', 'tick 1@1100', 'tick 1@1430', 'x@1430', 'y@1430']);
  });

  test('then ticks at its old pace', () => {
    expect(told(650, [0, start], [50, freeze], [430, thaw]).noted).toEqual([
      'begin 1@1000',
      'tick 1@1430',
      ...ticks(1, 500, 600),
    ]);
  });

  test('keeps no more than a kernel would: 1,000 messages, the newest are lost', () => {
    const flood = (process: Witness): void => {
      for (let n = 1; n <= 1200; n += 1) process.hear(`m${n}`);
    };
    const { noted } = told(60, [0, start], [10, freeze], [20, flood], [50, thaw]);
    expect(noted).toHaveLength(1002);
    expect(noted.at(-1)).toBe('m1000@1050');
  });

  test('reads each message once, though it stands still again', () => {
    const { noted } = told(90, [0, start], [10, freeze], [20, hear('x')], [30, thaw], [40, freeze], [50, thaw]);
    expect(noted.filter((note) => note.startsWith('x'))).toEqual(['x@1030']);
  });
});

describe('a deadline', () => {
  const plan = (due: number) => (process: Witness) => process.plan(due);

  test.each([
    ['is met as late as an app meets it', [[10, plan(20)]], 150, ['tick 1@1070']],
    ['beyond the next tick changes nothing', [[10, plan(500)]], 150, ['tick 1@1100']],
    ['that was met long ago gets no tick of its own', [[70, plan(10)]], 150, ['tick 1@1100']],
    [
      'takes the place of a later one',
      [
        [5, plan(40)],
        [10, plan(20)],
      ],
      150,
      ['tick 1@1070'],
    ],
    [
      'is missed by who stands still, who ticks when it goes on',
      [
        [10, plan(20)],
        [20, freeze],
        [160, thaw],
      ],
      165,
      ['tick 1@1160'],
    ],
    [
      'dies with its life',
      [
        [10, plan(40)],
        [20, kill],
        [30, start],
      ],
      140,
      ['end@1020', 'begin 2@1030', 'tick 2@1130'],
    ],
  ] as const)('%s', (_, deeds, until, noted) => {
    expect(told(until, [0, start], ...deeds).noted).toEqual(['begin 1@1000', ...noted]);
  });
});

function ticks(life: number, from: number, to: number): readonly string[] {
  return Array.from({ length: (to - from) / TICK_ms + 1 }, (_, n) => `tick ${life}@${1000 + from + n * TICK_ms}`);
}
