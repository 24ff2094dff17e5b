// The fake sysfs's control pipe: what it refuses, its times, and that nothing is left of it.
import { readFileSync } from 'node:fs';
import { until } from './at-files.js';
import { openNamespace, type Inside } from './namespace.js';
import { GPIO, IIO, key, startProgram, sysfsBench } from './sysfs-bench.js';

describe('the control pipe', () => {
  const at = sysfsBench();

  test.each([
    ['set nothing 1', 'there is no input nothing'],
    ['set iio:mcp3208:0 much', 'no number: much'],
    [`set iio:mcp3208:0 1 ${'gpio:pinctrl-bcm2711:3'} 2`, 'no level: 2'],
    ['stick iio:mcp3208:0 1', 'cannot stick: iio:mcp3208:0'],
    ['gpiochip another 600 8', 'it is mounted: what it has cannot change'],
    ['mount /sys', 'it is mounted already'],
    ['conjure iio:mcp3208:0', 'no such word: conjure'],
  ])('refuses, and says why: %s', async (message, why) => {
    await expect(at().namespace.control.ask(message)).rejects.toThrow(`the fake sysfs refused: ${why}`);
    expect(await at().namespace.control.look('iio:mcp3208:0')).toBe(0);
  });

  describe('with a program that pulses and opens', () => {
    const started = async (): Promise<Inside> => {
      for (const number of [529, 534]) await at().files.write(`${GPIO}/export`, number);
      await at().files.write(`${GPIO}/gpio529/direction`, 'low');
      await at().files.write(`${GPIO}/gpio534/direction`, 'high');
      await at().namespace.control.set({ 'iio:mcp3208:0': 3000 });
      const [pulse, enable] = [`${GPIO}/gpio529/value`, `${GPIO}/gpio534/value`];
      const inside = startProgram(at(), 'pulses.cjs', pulse, `${IIO}/in_voltage0_raw`, '2500', enable);
      await until(() => at().told.some(({ kind }) => kind === 'pulsed'), `pulses: ${inside.err()}`);
      return inside;
    };

    test('a coil that needs pulses drops when its program is killed', async () => {
      const inside = await started();
      process.kill(inside.pid, 'SIGKILL');
      await inside.ended;
      await until(() => at().told.at(-1)?.kind === 'dropped', 'the coil drops');
      expect(await at().namespace.control.look(key(22))).toBe(1);
    });

    test('a trial dates what was set and what was written for it by one clock', async () => {
      await started();
      await at().namespace.control.watch(key(22));
      const trial = { key: key(22), attribute: 'value', text: '0', within_ms: 20_000 };
      const before = Number(process.hrtime.bigint());
      const { setAt_ns, wroteAt_ns } = await at().namespace.control.trial({ ...trial, set: { 'iio:mcp3208:0': 2000 } });
      const after = Number(process.hrtime.bigint());
      const order = [before, setAt_ns, wroteAt_ns ?? 0, after];
      expect(order).toEqual(order.toSorted((one, other) => one - other));
      const written = at().told.find((each) => each.kind === 'wrote' && each.text === '0');
      expect(written?.at_ns).toBe(wroteAt_ns);
    });

    test('a trial that nobody answers is over in its time', async () => {
      const trial = { key: key(22), attribute: 'value', text: '0', within_ms: 50, set: { 'iio:mcp3208:0': 2000 } };
      expect((await at().namespace.control.trial(trial)).wroteAt_ns).toBeNull();
    });
  });

  describe('when it ends', () => {
    test('has left no mount outside, at no time', () => {
      expect(readFileSync('/proc/self/mounts', 'utf8')).not.toContain('fake-sysfs');
    });

    test('is gone with its pipe, whatever runs inside', async () => {
      process.kill(at().namespace.pid, 0);
      await at().namespace.close();
      expect(() => process.kill(at().namespace.pid, 0)).toThrow('ESRCH');
      expect(() => process.kill(at().files.inside.pid, 0)).toThrow('ESRCH');
      await expect(at().namespace.control.look(key(1))).rejects.toThrow('the fake sysfs has ended');
    });

    test('killed, it leaves the programs with errors and the test with an answer', async () => {
      expect(await at().files.read(`${IIO}/name`)).toBe('mcp3208');
      process.kill(at().namespace.pid, 'SIGKILL');
      expect(await at().files.read(`${IIO}/name`)).toMatch(/ENOTCONN|ECONNABORTED/);
      await expect(at().namespace.control.look(key(1))).rejects.toThrow('the fake sysfs has ended (SIGKILL)');
    });
  });
});

test('a description that cannot be is refused before anything is mounted', async () => {
  await expect(openNamespace(['gpiochip nowhere -1 8'])).rejects.toThrow('no such description: gpiochip');
});
