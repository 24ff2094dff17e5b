// Inside the namespace: the real onoff on one line, which tells each edge by the value that it then has.
// Arguments: the line's global number, the edge, and whether the line is active low.
const { Gpio } = require('onoff');

const line = new Gpio(Number(process.argv[2]), 'in', process.argv[3], { activeLow: process.argv[4] === 'active-low' });
line.watch((error, value) => console.log(error ? String(error) : value));
console.log('watching');
