// The slave's wiring diagram: one ear, and the controller of what it listens to. A slave that balances for itself
// hears no grants from the broker, only samples.
import { Module, type DynamicModule } from '@nestjs/common';
import { Ear, LoneController, SlaveController } from './slave.controller.js';

@Module({})
export class SlaveModule {
  static with(ear: Ear, kind: 'slave' | 'lone'): DynamicModule {
    const controllers = [kind === 'lone' ? LoneController : SlaveController];
    return { module: SlaveModule, controllers, providers: [{ provide: Ear, useValue: ear }] };
  }
}
