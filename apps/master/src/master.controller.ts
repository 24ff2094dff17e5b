// The master's inputs: its table of contents. Everything is pushed as bytes; what they mean is the node's business.
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, MqttContext, Payload } from '@nestjs/microservices';
import { MasterPump } from './master.pump.js';

@Controller()
export class MasterController {
  constructor(@Inject(MasterPump) private readonly pump: MasterPump) {}

  @EventPattern<string>('fairamp/{site}/telemetry/slave/+/report')
  report(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }

  @EventPattern<string>('fairamp/{site}/settings/slave/+/goal')
  goal(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }

  @EventPattern<string>('fairamp/{site}/telemetry/bridge/+/sample')
  sample(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }
}
