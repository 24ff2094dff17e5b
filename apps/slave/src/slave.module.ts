// The slave's wiring diagram: one pump, and the controller of what it listens to. A slave that balances for itself
// hears no grants from the broker, only samples.
import { Module, type DynamicModule } from '@nestjs/common';
import { LoneController, SlaveController } from './slave.controller.js';
import { SlavePump } from './slave.pump.js';

@Module({})
export class SlaveModule {
  static with(pump: SlavePump, kind: 'slave' | 'lone'): DynamicModule {
    const controllers = [kind === 'lone' ? LoneController : SlaveController];
    return { module: SlaveModule, controllers, providers: [{ provide: SlavePump, useValue: pump }] };
  }
}
