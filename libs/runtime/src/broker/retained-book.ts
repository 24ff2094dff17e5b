// How many retained topics each sender has left on the broker. They stay in memory until somebody clears them, so every
// sender has a bound. Pure.
export class RetainedBook {
  readonly #topics = new Map<string, Set<string>>();

  /** @returns false when this would be one too many; an empty message clears its topic [MQTT-3.3.1-10]. */
  note(sender: string, topic: string, isEmpty: boolean, most: number): boolean {
    const topics = this.#topics.get(sender) ?? new Set<string>();
    if (isEmpty) topics.delete(topic);
    else if (topics.size >= most && !topics.has(topic)) return false;
    else topics.add(topic);
    this.#topics.set(sender, topics);
    return true;
  }
}
