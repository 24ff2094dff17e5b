import { Silence } from './silence.js';

/** A silence on a clock of the test's, and one turn of the event loop. */
function listening(credit_ms = 0) {
  let now = 1000;
  const silence = new Silence({ now: () => now }, credit_ms);
  return { silence, pass: (ms: number) => (now += ms), read: () => new Promise((resolve) => setImmediate(resolve)) };
}

test('real time counts, also that in which this process stood still', async () => {
  const { silence, pass, read } = listening();
  let calls = 0;
  pass(499);
  silence.ifLonger(500, () => (calls += 1));
  await read();
  expect(calls).toBe(0);
  pass(5001);
  silence.ifLonger(500, () => (calls += 1));
  await read();
  expect(calls).toBe(1);
});

test('what was waiting to be read is heard before anybody is blamed', async () => {
  const { silence, pass, read } = listening();
  let calls = 0;
  pass(5000);
  silence.ifLonger(500, () => (calls += 1));
  silence.heard();
  await read();
  expect([calls, silence.for_ms]).toEqual([0, 0]);
});

test('a start has its credit, and who has begun has none left', () => {
  const { silence, pass } = listening(10_000);
  pass(3000);
  silence.heard();
  expect(silence.for_ms).toBe(-7000);
  silence.began();
  pass(600);
  expect(silence.for_ms).toBe(600);
});
