// The slave's inputs from the broker: grants, and for one that balances for itself the samples of the mains. Its other
// input is the board.
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, MqttContext, Payload } from '@nestjs/microservices';

/** Whoever takes what the broker says: the pump of the charge point, or the way to its io process. */
export abstract class Ear {
  abstract hear(payload: Uint8Array, context: MqttContext): void;
}

@Controller()
export class SlaveController {
  constructor(@Inject(Ear) private readonly ear: Ear) {}

  @EventPattern<string>('fairamp/{site}/control/slave/{id}/grant')
  grant(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.ear.hear(payload, context);
  }
}

@Controller()
export class LoneController {
  constructor(@Inject(Ear) private readonly ear: Ear) {}

  @EventPattern<string>('fairamp/{site}/telemetry/bridge/+/sample')
  sample(@Payload() payload: Uint8Array, @Ctx() context: MqttContext): void {
    this.ear.hear(payload, context);
  }
}
