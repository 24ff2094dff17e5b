// What a 2.07 module does with a frame of protocol 0x5002 (behaviour.md 2.3 and 5.4, wire.md 3.3 and 3.4). Answers are
// obeyed in any state, as there: a late one closes a contactor that nobody asks for any more.
import { inA, into, isAvailable, isSlave, refused, regulated, sent, SILENCE_s, withRecord } from './standing.js';
import type { BusFrame, ModuleConfig, ModuleState } from './types.js';

type Request = Extract<BusFrame, { kind: 'request' }>;
type Answer = Extract<BusFrame, { kind: 'answer' }>;

/** Anything at all on the wire, also another's frame or one with a wrong CRC. */
export function packetHeard(state: ModuleState, config: ModuleConfig): ModuleState {
  const isOver = isSlave(config) && state.error === 'less-6A' && state.chargeDelay_s === 0;
  return isOver ? { ...state, error: 'none' } : state;
}

/** Any right frame quiets the time-out, in any role: so chatter hides a dead Sensorbox (W20). */
export function frameHeard(before: ModuleState, frame: BusFrame, config: ModuleConfig): ModuleState {
  const error = before.error === 'no-serial-com' ? 'none' : before.error;
  const state = packetHeard({ ...before, error, silentIn_s: SILENCE_s }, config);
  if (isSlave(config)) return slaveHeard(state, frame, config);
  const isForMaster = frame.kind === 'request' && config.settings.loadbl === 'master';
  return isForMaster ? requested(state, frame, config) : state;
}

function slaveHeard(state: ModuleState, frame: BusFrame, { address }: ModuleConfig): ModuleState {
  switch (frame.kind) {
    case 'answer':
      return frame.address === address ? answered(state, frame) : state;
    case 'shares': {
      // 0 A is coded as 6 A and stops nobody.
      const offers = state.pilotState === 'B' || state.pilotState === 'C';
      return offers ? { ...state, pwm_A: frame.shares_A[address - 1] ?? 0 } : state;
    }
    case 'stop':
      return { ...refused(state), error: frame.error };
    case 'request':
      return state;
  }
}

function answered(state: ModuleState, { request, share_A }: Answer): ModuleState {
  switch (request) {
    case 'left':
      return inA(state);
    case 'connect':
      return share_A === 0 ? refused(state) : { ...into(state, 'B'), pwm_A: share_A };
    case 'charge':
      return share_A === 0 ? refused(state) : { ...into(state, 'C'), pwm_A: share_A, isClosed: true };
    case 'pause':
      return into(state, 'B');
  }
}

function requested(state: ModuleState, frame: Request, config: ModuleConfig): ModuleState {
  const { address, request } = frame;
  const recorded = recordedFor(state, frame, config);
  const isCurrent = request === 'connect' || request === 'charge';
  const share_A = isCurrent ? (recorded.balance.records[address]?.share_A ?? 0) : 0;
  return sent(recorded, { kind: 'answer', address, request, share_A });
}

/**
 * Who was refused keeps its old state in the book, and goes on being counted if that was charging (W10). Who goes has
 * the last measurement regulated by once more, in Smart mode, and its excess is taken off twice (W14).
 */
function recordedFor(state: ModuleState, { address, request, wanted_A }: Request, config: ModuleConfig): ModuleState {
  const { settings } = config;
  if (request === 'left' || request === 'pause')
    return regulated(withRecord(state, address, { state: 'idle' }), config, 'periodic');
  if (!isAvailable(state, config)) return withRecord(state, address, { share_A: 0 });
  const record = { maximum_A: wanted_A, share_A: request === 'connect' ? settings.min_A : 0 };
  return request === 'connect'
    ? withRecord(state, address, { ...record, state: 'requesting' })
    : regulated(withRecord(state, address, { ...record, state: 'charging' }), config, 'newcomer');
}
