export type { BoardCapabilities, BoardSupport } from './board-support.js';
export type { LineChannel } from './line-channel.js';
export type { BoardLine, LineRefusal, PlantLine } from './plant-wire.js';
export {
  FAIL_SAFE_ms,
  LONGEST_LINE_bytes,
  decodeBoardLine,
  decodePlantLine,
  encodeBoardLine,
  encodePlantLine,
} from './plant-wire.js';
export { applyCommand } from './apply-command.js';
export { SIMULATED_CAPABILITIES, SimulatedBoard, type SimulatedBoardOptions } from './simulated-board.js';
export { GuardedBoard } from './guarded-board.js';
export { SocketChannel, type Backoff, type SocketAddress } from './socket-channel.js';
export { readLines, writeLine } from './socket-lines.js';
export { boardSchema, type BoardDescription } from './linux/description.js';
export { capabilitiesOf } from './linux/capabilities.js';
export { LinuxBoard, type LinuxBoardParts } from './linux/linux-board.js';
export { framesOf } from './linux/light-player.js';
export { linuxBoard } from './linux/open-linux-board.js';
export type { BoardHardware, Light, Schedule } from './linux/ports.js';
export { safeOutputsOf, safeText, type SafeOutput } from './linux/safe-outputs.js';
export { makeOutputsSafe } from './linux/make-safe.js';
