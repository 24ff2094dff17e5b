// What a record itself holds under a key that came from outside. Every object answers to "constructor" and a few other
// words that nobody has put there.

export function ownOf<Value>(all: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(all, key) ? all[key] : undefined;
}
