// The master's wiring diagram: one controller, one pump.
import { Module, type DynamicModule } from '@nestjs/common';
import { MasterController } from './master.controller.js';
import { MasterPump } from './master.pump.js';

@Module({})
export class MasterModule {
  static with(pump: MasterPump): DynamicModule {
    return {
      module: MasterModule,
      controllers: [MasterController],
      providers: [{ provide: MasterPump, useValue: pump }],
    };
  }
}
