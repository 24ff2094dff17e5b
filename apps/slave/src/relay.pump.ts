// The slave's pump where the node runs in the io process: what the broker says goes down the pipe as it came, and what comes
// up is uttered. What no participant of ours would say goes no further: the io process must not be held up, or ended, by it.
import type { MqttContext } from '@nestjs/microservices';
import type { Clock, Utterance } from '@fairamp/runtime';
import type { IoEnd } from './io/io-end.js';
import { LONGEST_PAYLOAD_bytes, LONGEST_TOPIC } from './io/pipe-wire.js';

/** Grants come each second and samples twice; what comes quicker must not hold up a sample of the pilot. */
const MESSAGES_MAX = 20;
const WINDOW_ms = 500;

export class RelayPump {
  #window = { from: 0, count: 0 };

  constructor(
    private readonly io: IoEnd,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly utter: (utterance: Utterance) => void,
  ) {}

  /** Ready when the charge point is: a service manager's watchdog waits for no process that still starts. */
  start(): Promise<void> {
    return this.io.start();
  }

  stop(): Promise<void> {
    return this.io.stop();
  }

  hear(payload: Uint8Array, context: MqttContext): void {
    const retained = context.getPacket().retain === true;
    const topic = context.getTopic();
    if (topic.length > LONGEST_TOPIC || payload.length > LONGEST_PAYLOAD_bytes)
      return this.#refuse('too long', `${topic.slice(0, 80)}: ${payload.length} bytes`);
    if (!this.#isPaced()) return this.#refuse('too many', `more than ${MESSAGES_MAX} messages in ${WINDOW_ms} ms`);
    this.io.send({
      kind: 'message',
      topic,
      payload: Buffer.from(payload).toString('base64'),
      retained,
    });
  }

  acknowledge(): void {
    this.io.send({ kind: 'acknowledge' });
  }

  connected(): void {
    this.io.send({ kind: 'connected' });
  }

  #isPaced(): boolean {
    const now = this.clock.now();
    const { from, count } = this.#window;
    this.#window = now - from < WINDOW_ms ? { from, count: count + 1 } : { from: now, count: 1 };
    return this.#window.count <= MESSAGES_MAX;
  }

  #refuse(reason: string, detail: string): void {
    this.utter({
      kind: 'note',
      level: 'warn',
      key: `relay ${reason}`,
      text: `dropped a message: ${reason}: ${detail}`,
    });
  }
}
