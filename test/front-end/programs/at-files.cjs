// Inside the namespace: does at files what the test asks for, one JSON line per question and answer, in their order.
// Each path is opened anew for each, as a shell does; an error is answered by its code.
const { closeSync, openSync, readFileSync, readdirSync, readlinkSync, writeSync } = require('node:fs');
const { createInterface } = require('node:readline');

const deeds = {
  read: (path) => readFileSync(path, 'utf8'),
  write: (path, text) => {
    const file = openSync(path, 'w');
    try {
      return writeSync(file, text);
    } finally {
      closeSync(file);
    }
  },
  list: (path) => readdirSync(path),
  link: (path) => readlinkSync(path),
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const [deed, path, text] = JSON.parse(line);
  try {
    console.log(JSON.stringify({ value: deeds[deed](path, text) }));
  } catch (error) {
    console.log(JSON.stringify({ code: error.code }));
  }
});
