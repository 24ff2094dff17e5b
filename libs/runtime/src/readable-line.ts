// A log line for people: `14:03:22 warn  slave garage  board lost  (retries=3)`. Pure.

const LEVEL_WIDTH = 5;

/** @param line as pino writes it; what is no JSON object passes as it is */
export function readableLine(line: string): string {
  const record = parsed(line);
  if (record === null) return line;
  const { level, time, name, msg, ...fields } = record;
  const clock = String(time).slice(11, 19);
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const shown = rest.length === 0 ? '' : `  (${rest.join(' ')})`;
  // No control character of a foreign message reaches the terminal.
  const text = `${clock} ${String(level).padEnd(LEVEL_WIDTH)} ${String(name)}  ${String(msg)}${shown}`;
  return `${text.replaceAll(/\p{Cc}+/gu, ' ')}\n`;
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
