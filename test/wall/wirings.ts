// The boards of this folder. A coil that falls without its pulses falls later here than on hardware: this computer stands
// still for 400 ms now and then, and what a test then sees open was not opened by what it tests.
import type { Wiring } from '../front-end/wiring.js';
import { RASPBERRY as QUICK } from '../front-end/wirings.js';

export { TARRAGON } from '../front-end/wirings.js';

export const RASPBERRY: Wiring = {
  ...QUICK,
  contactor: { ...QUICK.contactor, heartbeat: { line: { chip: 'pinctrl-bcm2711', offset: 17 }, timeout_ms: 2500 } },
};
