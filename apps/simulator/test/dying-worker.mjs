// Stands in for the process that runs seeds: seed 2 ends it, seed 3 stops it by a signal, all others answer.
process.on('message', ({ index, seed }) => {
  if (seed === 2) {
    process.stderr.write('Fatal error: out of memory\n', () => process.exit(9));
    return;
  }
  if (seed === 3) process.kill(process.pid, 'SIGSEGV');
  if (seed < 100)
    process.send({ index, outcome: { hash: `of ${seed}` }, crash: null, cpu_ms: 1, csv: null, svg: null });
});
