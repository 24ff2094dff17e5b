// Preloaded into a slave and its io process: whichever is told by SIGUSR2 closes its end of the pipe between them, and goes on.
process.on('SIGUSR2', () => {
  for (const handle of process._getActiveHandles())
    if (handle._handle?.constructor.name === 'Pipe' && handle._handle.fd > 2) handle.destroy();
});
