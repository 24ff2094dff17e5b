// What stands beside a message's bytes for those who watch a node from inside is what the bytes say.
import type { Publish } from '../src/index.js';

export function saysTheTruth({ topic, payload, says }: Publish): void {
  if (says === undefined) return;
  expect(topic.split('/').at(-1)).toBe(says.kind);
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual({ ...says.body, mac: expect.any(String) });
}
