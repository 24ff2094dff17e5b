// The slave's inputs from the broker: grants, and for one that balances for itself the samples of the mains. Its other
// input is the board.
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, MqttContext, Payload } from '@nestjs/microservices';
import { SlavePump } from './slave.pump.js';

@Controller()
export class SlaveController {
  constructor(@Inject(SlavePump) private readonly pump: SlavePump) {}

  @EventPattern<string>('fairamp/{site}/control/slave/{id}/grant')
  grant(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }
}

@Controller()
export class LoneController {
  constructor(@Inject(SlavePump) private readonly pump: SlavePump) {}

  @EventPattern<string>('fairamp/{site}/telemetry/bridge/+/sample')
  sample(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }
}
