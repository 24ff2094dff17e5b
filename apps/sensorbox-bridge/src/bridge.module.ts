// The bridge's wiring diagram: one controller, one pump.
import { Module, type DynamicModule } from '@nestjs/common';
import { BridgeController } from './bridge.controller.js';
import { BridgePump } from './bridge.pump.js';

@Module({})
export class BridgeModule {
  static with(pump: BridgePump): DynamicModule {
    return {
      module: BridgeModule,
      controllers: [BridgeController],
      providers: [{ provide: BridgePump, useValue: pump }],
    };
  }
}
