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
export { SimulatedBoard, type SimulatedBoardOptions } from './simulated-board.js';
export { SocketChannel, type Backoff, type SocketAddress } from './socket-channel.js';
export { readLines, writeLine } from './socket-lines.js';
