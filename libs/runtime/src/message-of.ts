// The text of whatever was thrown, for a log line or an error message.

export function messageOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return String(thrown);
  // An AggregateError (a connect that every address refused) has a code, but no message of its own.
  const parts = ['message', 'code', 'name'].map((name) => Reflect.get(thrown, name) as unknown);
  return String(parts.find((part) => typeof part === 'string' && part !== '') ?? thrown);
}
