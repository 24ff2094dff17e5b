// MQTT topic names and filters (MQTT 3.1.1, 4.7), as far as rights are decided on them. Pure.

/** reliability.md 4b. Ours have six levels and stay below 128 bytes; nothing longer is routed or remembered. */
export const TOPIC_LEVELS_MAX = 8;
export const TOPIC_BYTES_MAX = 128;

/** A name that a message may carry: no wildcard, no control character, within the limits. */
export function isTopicName(topic: string): boolean {
  return isWithinLimits(topic) && !/[+#]/.test(topic);
}

export function isWithinLimits(topic: string): boolean {
  const isPrintable = !/\p{Cc}/u.test(topic);
  return (
    isPrintable &&
    topic !== '' &&
    Buffer.byteLength(topic) <= TOPIC_BYTES_MAX &&
    topic.split('/').length <= TOPIC_LEVELS_MAX
  );
}

/** Does the filter cover every topic that `inner` covers? A plain topic is a filter that covers itself. */
export function covers(filter: string, inner: string): boolean {
  const outerLevels = filter.split('/');
  const innerLevels = inner.split('/');
  for (const [index, level] of outerLevels.entries()) {
    // `a/#` covers `a` too [MQTT-4.7.1-2].
    if (level === '#') return innerLevels.length >= index;
    const asked = innerLevels[index];
    if (asked === undefined || asked === '#') return false;
    if (level !== '+' && level !== asked) return false;
  }
  return innerLevels.length === outerLevels.length;
}
