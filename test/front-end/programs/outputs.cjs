// Inside the namespace: the real onoff on outputs. `NUMBER LEVEL` per line of its input, as the program has it (active
// high); the outputs stay when it is killed. Its first argument: the level that the lines start with.
const { createInterface } = require('node:readline');
const { Gpio } = require('onoff');

const lines = new Map();
createInterface({ input: process.stdin }).on('line', (text) => {
  const [number, level] = text.split(' ').map(Number);
  if (!lines.has(number)) lines.set(number, new Gpio(number, process.argv[2]));
  lines.get(number).writeSync(level);
  console.log(`${number} ${lines.get(number).readSync()}`);
});
