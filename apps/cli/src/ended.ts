// What goes on until somebody ends it: by a signal, or by itself.

export type Ending = {
  /** Of the first who ended it; empty: nothing that is worth a word. */
  readonly reason: Promise<string>;
  end(reason: string): void;
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function ended(): Ending {
  let end: (reason: string) => void = () => undefined;
  const reason = new Promise<string>((resolve) => (end = resolve));
  for (const signal of SIGNALS) process.once(signal, () => end(''));
  return { reason, end };
}
