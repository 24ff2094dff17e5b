// The framing of the 1200 baud wires, both directions: flags, escapes and check sequence (wire.md 1). The receiver is
// the state machine of the 2.07 interrupt routine with a main loop that is always quick enough, so it loses what that
// module loses and keeps what it keeps; the bridge and the wired link call it with whatever chunk a port delivers.
// It never throws, looks at each byte once, and remembers at most one frame.
import { X25_RESIDUE, crcX25 } from './crc16.js';

const FLAG = 0x7e;
const ESCAPE = 0x7d;
const ESCAPE_BIT = 0x20;
/** What a sender escapes between the flags; 0x12 is no flow control character, the modules escape it anyway (wire.md 1.3). */
const ESCAPED: readonly number[] = [0x11, 0x12, 0x13, ESCAPE, FLAG];
const CRC_BYTES = 2;
/** Bytes between two flags, CRC included: 7 are discarded, 50 lose their last to the receiver's buffer (wire.md 1.4). */
const SHORTEST = 8;
const LONGEST = 49;

export type HdlcState = {
  /** Unstuffed, at most LONGEST. */
  readonly collected: readonly number[];
  /** How many bytes came since the last flag, stored or not. */
  readonly length: number;
  /** The byte before was an escape. */
  readonly escaped: boolean;
};

export type HdlcDiscard = { readonly reason: 'too-short' | 'too-long' | 'crc'; readonly length: number };

export type HdlcStep = {
  readonly state: HdlcState;
  /** Address FF, control 03, protocol, body: unstuffed, its CRC checked and taken off. */
  readonly frames: readonly Uint8Array[];
  readonly discarded: readonly HdlcDiscard[];
};

export function initialHdlc(): HdlcState {
  return { collected: [], length: 0, escaped: false };
}

/** Any division of the same bytes into chunks gives the same frames and discards. */
export function feedHdlc(state: HdlcState, bytes: Iterable<number>): HdlcStep {
  const collected = [...state.collected];
  let { length, escaped } = state;
  const frames: Uint8Array[] = [];
  const discarded: HdlcDiscard[] = [];
  for (const byte of bytes) {
    if (byte === ESCAPE) {
      escaped = true;
    } else if (byte === FLAG) {
      const reason = refusalOf(collected, length);
      if (reason === null) frames.push(Uint8Array.from(collected.slice(0, -CRC_BYTES)));
      else if (length > 0) discarded.push({ reason, length });
      // A flag that closes too little leaves a pending escape pending, and that kills the next frame (wire.md 1.4, 3).
      escaped &&= length < SHORTEST;
      collected.length = 0;
      length = 0;
    } else {
      if (length < LONGEST) collected.push(escaped ? byte ^ ESCAPE_BIT : byte);
      escaped = false;
      length += 1;
    }
  }
  return { state: { collected, length, escaped }, frames, discarded };
}

/** The opening flag is optional and a flag may be shared, so everything between two flags is judged alike. */
function refusalOf(collected: readonly number[], length: number): HdlcDiscard['reason'] | null {
  if (length < SHORTEST) return 'too-short';
  if (length > LONGEST) return 'too-long';
  return crcX25(collected) === X25_RESIDUE ? null : 'crc';
}

/** @param payload address, control, protocol and body, without the CRC */
export function encodeHdlc(payload: Iterable<number>): Uint8Array {
  const body = [...payload];
  const crc = crcX25(body);
  return Uint8Array.of(FLAG, ...[...body, crc & 0xff, crc >>> 8].flatMap(stuffed), FLAG);
}

function stuffed(byte: number): readonly number[] {
  return ESCAPED.includes(byte) ? [ESCAPE, byte ^ ESCAPE_BIT] : [byte];
}
