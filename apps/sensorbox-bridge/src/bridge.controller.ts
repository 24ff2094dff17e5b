// The bridge's one input from the broker: the masters' beacons. Its other input is the meter's line (meter-line.ts).
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, MqttContext, Payload } from '@nestjs/microservices';
import { BridgePump } from './bridge.pump.js';

@Controller()
export class BridgeController {
  constructor(@Inject(BridgePump) private readonly pump: BridgePump) {}

  @EventPattern<string>('fairamp/{site}/control/bridge/{id}/beacon')
  beacon(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.pump.hear(payload, context);
  }
}
