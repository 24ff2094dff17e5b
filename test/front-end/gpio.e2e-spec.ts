// The fake sysfs's GPIO through the kernel: that its files answer as those of a real one, and that the real onoff gets
// real edges from it.
import { until } from './at-files.js';
import type { Inside } from './namespace.js';
import { CHIP, GPIO, key, linesOf, startProgram, sysfsBench } from './sysfs-bench.js';

const at = sysfsBench();

describe('the fake GPIO', () => {
  test('has its chips as links, by number, with label, base and count', async () => {
    expect(await at().files.list(GPIO)).toEqual(['export', 'gpiochip512', 'gpiochip570', 'unexport']);
    expect(await at().files.link(`${GPIO}/gpiochip512`)).toBe(`../../devices/platform/soc/${CHIP}/gpio/gpiochip512`);
    const read = (name: string) => at().files.read(`${GPIO}/gpiochip512/${name}`);
    expect([await read('label'), await read('base'), await read('ngpio')]).toEqual([CHIP, '512', '58']);
  });

  test('exports a line once, by the number of its base, and takes it back', async () => {
    const write = (file: string, number: number | string) => at().files.write(`${GPIO}/${file}`, number);
    expect(await write('export', 17)).toBe('EINVAL');
    expect(await write('export', 'seventeen')).toBe('EINVAL');
    expect(await at().files.read(`${GPIO}/gpio529/value`)).toBe('ENOENT');
    expect(await write('export', 529)).toBe('ok');
    expect(await write('export', 529)).toBe('EBUSY');
    expect(await at().files.read(`${GPIO}/gpio529/direction`)).toBe('in');
    expect(await write('unexport', 529)).toBe('ok');
    expect(await write('unexport', 529)).toBe('EINVAL');
    expect(await at().files.read(`${GPIO}/gpio529/value`)).toBe('ENOENT');
  });

  test('lets nothing be created, and nobody read what only takes', async () => {
    expect(await at().files.write(`${GPIO}/nonsense`, 1)).toBe('EACCES');
    expect(await at().files.read(`${GPIO}/export`)).toBe('EACCES');
    expect(await at().files.write(`${GPIO}/gpiochip512/base`, 0)).toBe('EACCES');
  });

  test.each([
    ['value', '1', 'EPERM'],
    ['direction', 'sideways', 'EINVAL'],
    ['edge', 'sharp', 'EINVAL'],
    ['active_low', 'yes', 'EINVAL'],
  ])('of an input refuses in %s: %s', async (file, text, code) => {
    await at().files.write(`${GPIO}/export`, 530);
    expect(await at().files.write(`${GPIO}/gpio530/${file}`, text)).toBe(code);
  });

  test('drives an output: high and low are of the wire, value is as active_low says', async () => {
    await at().namespace.control.watch(key(18));
    await at().files.write(`${GPIO}/export`, 530);
    const write = (file: string, text: string) => at().files.write(`${GPIO}/gpio530/${file}`, text);
    await write('active_low', '1');
    await write('direction', 'high');
    expect([await at().namespace.control.look(key(18)), await at().files.read(`${GPIO}/gpio530/value`)]).toEqual([
      1,
      '0',
    ]);
    await write('value', '1');
    expect([await at().namespace.control.look(key(18)), await at().files.read(`${GPIO}/gpio530/value`)]).toEqual([
      0,
      '1',
    ]);
    expect(await write('edge', 'both')).toBe('EIO');
    expect(at().told.flatMap((each) => (each.kind === 'level' ? [each.level] : []))).toEqual([1, 0]);
  });

  test('keeps an output when its line is unexported', async () => {
    await at().files.write(`${GPIO}/export`, 530);
    await at().files.write(`${GPIO}/gpio530/direction`, 'high');
    await at().files.write(`${GPIO}/unexport`, 530);
    expect(await at().namespace.control.look(key(18))).toBe(1);
  });

  test('shows an output that is stuck as it is', async () => {
    await at().namespace.control.stick(key(18), 1);
    await at().files.write(`${GPIO}/export`, 530);
    await at().files.write(`${GPIO}/gpio530/direction`, 'low');
    expect(await at().files.read(`${GPIO}/gpio530/value`)).toBe('1');
    await at().namespace.control.stick(key(18), null);
    expect(await at().files.read(`${GPIO}/gpio530/value`)).toBe('0');
  });
});

describe('the fake GPIO under the real onoff', () => {
  const watching = async (edge: string, ...more: readonly string[]): Promise<Inside> => {
    const inside = startProgram(at(), 'edges.cjs', '534', edge, ...more);
    await until(() => inside.out().includes('watching') || inside.err() !== '', 'onoff watches');
    expect(inside.err()).toBe('');
    return inside;
  };

  test('gives 500 of 500 edges, in their order', async () => {
    const inside = await watching('both');
    for (let count = 1; count <= 500; count += 1) {
      await at().namespace.control.set({ [key(22)]: count % 2 });
      await until(() => linesOf(inside).length > count, `edge ${count}: ${inside.err()}`);
    }
    const expected = Array.from({ length: 500 }, (_, index) => String((index + 1) % 2));
    expect(linesOf(inside)).toEqual(['watching', ...expected]);
  }, 60_000);

  test('after a burst nobody could follow, ends with the value that is there', async () => {
    const inside = await watching('both');
    for (let count = 1; count <= 101; count += 1) void at().namespace.control.set({ [key(22)]: count % 2 });
    await until(() => linesOf(inside).at(-1) === '1', 'the last edge');
    await at().namespace.control.set({ [key(22)]: 0 });
    await until(() => linesOf(inside).at(-1) === '0', 'the edge after it');
  });

  test.each([
    ['rising', ['1', '1']],
    ['falling', ['0', '0']],
  ])('tells of %s edges alone', async (edge, expected) => {
    const inside = await watching(edge);
    for (const level of [1, 0, 1, 0]) {
      const before = linesOf(inside).length;
      await at().namespace.control.set({ [key(22)]: level });
      if ((level === 1) === (edge === 'rising')) await until(() => linesOf(inside).length > before, `a ${level}`);
    }
    expect(linesOf(inside)).toEqual(['watching', ...expected]);
  });

  test('goes by the value where a line is active low', async () => {
    const inside = await watching('rising', 'active-low');
    for (const level of [1, 0, 1, 0]) {
      const before = linesOf(inside).length;
      await at().namespace.control.set({ [key(22)]: level });
      if (level === 0) await until(() => linesOf(inside).length > before, 'a rising value');
    }
    expect(linesOf(inside)).toEqual(['watching', '1', '1']);
  });

  test('wakes a fresh descriptor at once, and one that has read by an edge', async () => {
    await at().files.write(`${GPIO}/export`, 534);
    await at().files.write(`${GPIO}/gpio534/edge`, 'both');
    const fresh = startProgram(at(), 'poll.cjs', `${GPIO}/gpio534/value`, 'unread');
    await until(() => linesOf(fresh).includes('woken'), `a fresh descriptor is woken: ${fresh.err()}`);
    const read = startProgram(at(), 'poll.cjs', `${GPIO}/gpio534/value`, 'read');
    await until(() => linesOf(read).includes('waiting'), `it waits: ${read.err()}`);
    expect(linesOf(read)).toEqual(['waiting']);
    await at().namespace.control.set({ [key(22)]: 1 });
    await until(() => linesOf(read).length === 2, 'it is woken by an edge');
  });

  test('writes outputs, which stay when it is killed, and tells each with its time', async () => {
    await at().namespace.control.watch(key(5), key(6));
    const inside = startProgram(at(), 'outputs.cjs', 'low');
    inside.child.stdin.write('517 1\n518 1\n517 0\n');
    await until(() => linesOf(inside).length === 3, `three writes: ${inside.err()}`);
    expect(linesOf(inside)).toEqual(['517 1', '518 1', '517 0']);
    process.kill(inside.pid, 'SIGKILL');
    expect(await inside.ended).toBe('SIGKILL');
    expect([await at().namespace.control.look(key(5)), await at().namespace.control.look(key(6))]).toEqual([0, 1]);
    const written = at().told.flatMap((each) => (each.kind === 'wrote' && each.attribute === 'value' ? [each] : []));
    expect(written.map((each) => [each.key, each.text, each.look])).toEqual([
      [key(5), '1', 1],
      [key(6), '1', 1],
      [key(5), '0', 0],
    ]);
    const times = written.map(({ at_ns }) => at_ns);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(Number(process.hrtime.bigint()) - (times[0] ?? 0)).toBeGreaterThan(0);
  });
});
