// The vocabulary of one 2.07 module (behaviour.md 2 and 5): what it remembers, what happens to it, what it does. One
// variable for the error and one state with waiting states inside it, as there, because its weaknesses come from that.
// Lock, display, buttons and residual current are left out: what a residual current does to what is shared, heat does too.
import type { ClassicBalance, ClassicSettings } from '@fairamp/balancing';
import type { PilotOutput } from '@fairamp/evse';
import type { Milliseconds, Millivolts } from '@fairamp/units';

/** comm: a slave has told its master and waits for the answer; the pilot is not looked at meanwhile. */
export type ModulePilotState = 'A' | 'B' | 'C' | 'comm-A' | 'comm-B' | 'comm-C' | 'comm-CB';
/** LESS_6A, CT_NOCOMM and TEMP_HIGH. One at a time, and the last writer wins. */
export type ModuleError = 'none' | 'less-6A' | 'no-serial-com' | 'temp-high';
/** Where the pilot's high level falls in 2.07's windows, which leave gaps. */
export type Level = '12V' | '9V' | '6V' | 'diode' | 'none';

/** 0 is the master or a lone module, 1 to 3 are slaves. */
export type ModuleConfig = { readonly address: number; readonly settings: ClassicSettings };

export type ModuleState = {
  readonly pilotState: ModulePilotState;
  readonly error: ModuleError;
  /** Seconds until it may begin again. */
  readonly chargeDelay_s: number;
  /** Seconds until it misses the wire. */
  readonly silentIn_s: number;
  readonly ticks: number;
  readonly level: Level;
  /** The pilot asks for this state; settled when it has done so for the debounce time. */
  readonly armed: { readonly to: 'A' | 'B' | 'C'; readonly since: Milliseconds; readonly isSettled: boolean } | null;
  readonly hasDiode: boolean;
  readonly celsius: number;
  /** The plug's resistor as it reads now, null = open; undefined = nothing was ever said of one. */
  readonly proximity_ohm: number | null | undefined;
  /** What the cable carries, as it was read when the car arrived, and not again. */
  readonly cable_A: number;
  /** When it last told its master something that is not answered yet. */
  readonly askedAt: Milliseconds | null;
  /** null = steady +12 V. 0 stands for itself here and is coded as 6 A. */
  readonly pwm_A: number | null;
  readonly isClosed: boolean;
  readonly balance: ClassicBalance;
  /** What this step puts on the wire. */
  readonly outbox: readonly BusFrame[];
};

/** Commands 1 to 4 of protocol 0x5002 (wire.md 3.2). */
export type BusRequest = 'left' | 'connect' | 'charge' | 'pause';
export type BusFrame =
  | { readonly kind: 'request'; readonly address: number; readonly request: BusRequest; readonly wanted_A: number }
  | { readonly kind: 'answer'; readonly address: number; readonly request: BusRequest; readonly share_A: number }
  /** To all, never acknowledged: the shares of slaves 1 to 3, and the one error that is ever sent. */
  | { readonly kind: 'shares'; readonly shares_A: readonly number[] }
  | { readonly kind: 'stop'; readonly error: 'less-6A' };

export type ModuleEvent =
  | {
      readonly kind: 'pilot-sampled';
      readonly at: Milliseconds;
      readonly high_mV: Millivolts;
      readonly low_mV: Millivolts | null;
    }
  | { readonly kind: 'proximity-sampled'; readonly at: Milliseconds; readonly ohm: number | null }
  | { readonly kind: 'temperature-sensed'; readonly at: Milliseconds; readonly celsius: number }
  | { readonly kind: 'second-passed'; readonly at: Milliseconds }
  /** Somebody may have waited long enough for an answer. */
  | { readonly kind: 'waited'; readonly at: Milliseconds }
  | { readonly kind: 'sensorbox-heard'; readonly at: Milliseconds; readonly counts: readonly number[] }
  | { readonly kind: 'frame-heard'; readonly at: Milliseconds; readonly frame: BusFrame }
  /** A frame that is none: wrong CRC, unknown protocol. */
  | { readonly kind: 'noise-heard'; readonly at: Milliseconds };

/** In the order of execution. */
export type ModuleOutput =
  | { readonly kind: 'open-contactor' }
  | { readonly kind: 'set-pilot'; readonly pilot: PilotOutput }
  | { readonly kind: 'close-contactor' }
  | { readonly kind: 'send'; readonly frame: BusFrame }
  /** Let it look again then, should nothing else happen. */
  | { readonly kind: 'wake'; readonly at: Milliseconds }
  | { readonly kind: 'say'; readonly text: string };

export type ModuleStep = { readonly state: ModuleState; readonly outputs: readonly ModuleOutput[] };
