// Sleeps and wakes, on one core and above everybody: when it wakes late, that core ran nobody's program. Says each time
// longer than the least, as `FROM_ns TO_ns` of the monotonic clock.
const SLEEP_ms = 1;
const LEAST_ns = Number(process.argv[2] ?? 5) * 1e6;
const cell = new Int32Array(new SharedArrayBuffer(4));
let said = [];
let saidAt = process.hrtime.bigint();
for (;;) {
  const from = process.hrtime.bigint();
  Atomics.wait(cell, 0, 0, SLEEP_ms);
  const to = process.hrtime.bigint();
  if (Number(to - from) >= LEAST_ns) said.push(`${from} ${to}\n`);
  // Written now and then, so that writing is no part of what is measured.
  if (said.length > 0 && to - saidAt > 200_000_000n) {
    (await import('node:fs')).writeSync(1, said.join(''));
    said = [];
    saidAt = process.hrtime.bigint();
  }
}
