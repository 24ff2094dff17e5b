// Nest's MQTT transport, reduced to what a participant needs: its controllers are the table of contents of its inputs,
// one @EventPattern per topic family, and a handler gets the bytes as they came. Words in braces are filled in from the
// configuration: `fairamp/{site}/control/slave/{id}/grant`. Topic families must not overlap: Nest runs the first
// pattern that fits and no other. Nothing that arrives is ever taken for a request, so nothing is ever replied.
import { MqttContext, ServerMqtt, type MessageHandler } from '@nestjs/microservices';
import { type IPublishPacket, type MqttClient } from 'mqtt';
import { assert } from '@fairamp/units';
import { type MqttLink } from './mqtt-link.js';

export class FairampMqttServer extends ServerMqtt {
  readonly #link: MqttLink;
  readonly #words: Readonly<Record<string, string>>;
  #unmatched = 0;

  constructor(link: MqttLink, words: Readonly<Record<string, string>>) {
    super({});
    this.#link = link;
    this.#words = words;
  }

  /** Messages that no pattern fits: the broker sent what nobody subscribed to. */
  get unmatched(): number {
    return this.#unmatched;
  }

  override addHandler(pattern: unknown, callback: MessageHandler, isEventHandler = false): void {
    assert(isEventHandler, `${String(pattern)}: inputs are events (@EventPattern), Fairamp answers no requests`);
    assert(typeof pattern === 'string', 'a pattern is the text of a topic filter');
    const filter = fillPattern(pattern, this.#words);
    assert(!this.messageHandlers.has(filter), `two handlers for ${filter}`);
    super.addHandler(filter, callback, true);
  }

  override createMqttClient(): Promise<MqttClient> {
    return Promise.resolve(this.#link.client);
  }

  /** Ready at once: a slave without a broker must still watch its car. */
  override start(callback: (error?: unknown) => void): void {
    this.#link.onMessage((topic, payload, packet) => {
      this.handleMessage(topic, payload, this.#link.client, packet).catch((error) => this.handleError(error));
    });
    this.#link.subscribe([...this.messageHandlers.keys()]);
    this.#link.open();
    callback();
  }

  override async handleMessage(
    topic: string,
    payload: Buffer,
    _client: MqttClient,
    packet?: IPublishPacket,
  ): Promise<void> {
    if (this.getHandlerByPattern(topic) === null) {
      this.#unmatched += 1;
      return;
    }
    await this.handleEvent(topic, { pattern: topic, data: payload }, new MqttContext([topic, { ...packet }]));
  }

  /** Whoever made the link closes it, after the last word has been said. */
  override close(): void {}

  /** The base class tries JSON.parse on every topic first. */
  protected override getRouteFromPattern(pattern: string): string {
    return pattern;
  }
}

/** `fairamp/{site}/telemetry/slave/+/report` with { site: 'home' } becomes `fairamp/home/telemetry/slave/+/report`. */
export function fillPattern(pattern: string, words: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (placeholder, word: string) => {
    const value = words[word];
    assert(value !== undefined && !/[+#/]/.test(value), `${pattern}: no usable word for ${placeholder}`);
    return value;
  });
}
