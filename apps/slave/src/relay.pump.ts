// The slave's pump where the node runs in the io process: what the broker says goes down the pipe as it came, and what comes
// up is uttered. Nothing is decided here, and nothing is kept for later.
import type { MqttContext } from '@nestjs/microservices';
import type { IoEnd } from './io/io-end.js';

export class RelayPump {
  constructor(private readonly io: IoEnd) {}

  /** Ready when the charge point is: a service manager's watchdog waits for no process that still starts. */
  start(): Promise<void> {
    return this.io.start();
  }

  stop(): Promise<void> {
    return this.io.stop();
  }

  hear(payload: Uint8Array, context: MqttContext): void {
    const retained = context.getPacket().retain === true;
    this.io.send({
      kind: 'message',
      topic: context.getTopic(),
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
}
