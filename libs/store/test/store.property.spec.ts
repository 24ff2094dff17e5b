import fc from 'fast-check';
import { lineOf, linesOf, nextOf } from '../src/log-lines.js';
import { onlyLine, jsonText, sealed, unsealed } from '../src/seal.js';
import { readSessionLog } from '../src/read-session-log.js';
import { FailingDisk } from './failing-disk.js';
import { HandClock } from './hand-clock.js';
import { FOLDER, gapIn, idsOf, openLog, openSettings } from './histories.js';
import { PowerCutDisk } from './power-cut.js';

test('any JSON comes back from its seal as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const line = onlyLine(sealed(`{"value":${jsonText(value)}}`));
      const read = unsealed(line ?? new Uint8Array());
      expect(read.ok && read.value.value).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('the order of keys says nothing', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      expect(jsonText(Object.fromEntries(Object.entries(value).reverse()))).toBe(jsonText(value));
    }),
  );
});

test('any bytes between good lines: nothing throws, the good ones are read, and the next number is above theirs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 1e9 }), (bytes, n) => {
      const good = lineOf(n, '{"kind":"stop"}');
      const { lines } = linesOf(
        Buffer.concat([good, bytes, Buffer.from('\n'), lineOf(n + 9, '{"kind":"stop"}'), bytes]),
      );
      expect(lines.filter((line) => line.ok).map((line) => line.ok && line.n)).toEqual([n, n + 9]);
      expect(nextOf(lines, 1)).toBeGreaterThan(n + 9);
    }),
  );
});

/** What happens to a store: it keeps something, time passes, the disk fails for a while, the process dies and returns. */
const deed = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('keep' as const), matters: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 100_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fail' as const), how: fc.constantFrom('ENOSPC', 'EIO', 'half') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mend' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('die' as const) }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer Each> ? Each : never;

class Rig {
  readonly disk = new PowerCutDisk();
  readonly durable: number[] = [];
  /** The newest settings that were acknowledged. */
  saved = 0;
  readonly #clock = new HandClock();
  #failing = new FailingDisk(this.disk, { call: Infinity, lasts: 'on', how: 'EIO' });
  readonly #fs = new Proxy(this.disk, { get: (_disk, name) => Reflect.get(this.#failing.fs, name) as unknown });
  #log = openLog(this.#fs, this.#clock);
  #settings = openSettings(this.#fs, this.#clock);
  #id = 0;

  does(one: Deed): void {
    if (one.kind === 'keep') this.#keep(one.matters);
    if (one.kind === 'pass') this.#clock.pass(one.ms);
    if (one.kind === 'fail') this.#failing = new FailingDisk(this.disk, { call: 1, lasts: 'on', how: one.how });
    if (one.kind === 'mend') this.#failing.mend();
    if (one.kind === 'die') this.#die();
    this.saved = Math.max(this.saved, this.#settings.acknowledged?.id ?? 0);
  }

  #keep(matters: boolean): void {
    this.#id += 1;
    const appended = this.#log.append({ kind: 'stop', id: this.#id }, matters);
    if (appended.ok && appended.value === 'durable') this.durable.push(this.#id);
    this.#settings.set({ id: this.#id, note: '' });
  }

  #die(): void {
    this.#log.close();
    this.#settings.close();
    this.#failing.mend();
    this.#log = openLog(this.#fs, this.#clock);
    this.#settings = openSettings(this.#fs, this.#clock);
  }
}

test('whatever happens: acknowledged records are there once and in order, settings are the last acknowledged or later', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const rig = new Rig();
      for (const one of deeds) rig.does(one);
      const entries = [...readSessionLog(FOLDER, rig.disk)];
      const ids = idsOf(entries);
      const oldest = ids[0] ?? 0;
      expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
      expect(ids).toEqual(expect.arrayContaining(rig.durable.filter((each) => each >= oldest)));
      expect(gapIn(entries)).toBeNull();
      expect(openSettings(rig.disk).acknowledged?.id ?? 0).toBeGreaterThanOrEqual(rig.saved);
    }),
    { numRuns: 300 },
  );
});
