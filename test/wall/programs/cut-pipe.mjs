// Preloaded into a slave and its io process: whichever is told by SIGWINCH, to which neither listens, closes its end of the
// pipe between them, and goes on.
process.on('SIGWINCH', () => {
  for (const handle of process._getActiveHandles())
    if (handle._handle?.constructor.name === 'Pipe' && handle._handle.fd > 2) handle.destroy();
});
