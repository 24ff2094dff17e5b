// Inside the namespace: a heartbeat on one line, each 20 ms, and an answer to a trial: when the converter's file (second
// argument) reads below a bound (third), the line of the fourth is written 0. All through plain files.
const { openSync, readSync, writeSync } = require('node:fs');
const [heartbeat, converter, bound, enable] = process.argv.slice(2);

const buffer = Buffer.alloc(16);
const pulse = openSync(heartbeat, 'r+');
const input = openSync(converter, 'r');
const output = openSync(enable, 'r+');
let count = 0;
setInterval(() => {
  writeSync(pulse, String((count += 1) % 2), 0);
  const length = readSync(input, buffer, 0, buffer.length, 0);
  if (Number(buffer.toString('utf8', 0, length)) < Number(bound)) writeSync(output, '0', 0);
}, 20);
console.log('pulsing');
