// The way that lines take between a board and its other end: a socket, a pair of arrays in a test, later a serial
// port. A channel keeps nothing for later: what is sent while it is down is gone, for a permission that arrives
// late is worse than one that never does.

export interface LineChannel {
  /** @param line without its line feed; lost while the channel is down */
  send(line: string): void;
  /** @returns how to stop listening */
  onLine(listener: (line: string) => void): () => void;
  /** Told at once how it is, then each change. @returns how to stop listening */
  onConnection(listener: (connected: boolean) => void): () => void;
  close(): void;
}
