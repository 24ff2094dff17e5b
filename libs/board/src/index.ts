export type { BoardCapabilities, BoardEvent, BoardSupport, FailSafe } from './board-support.js';
export type { BoardLine, LineRefusal, PlantLine } from './plant-wire.js';
export {
  FAIL_SAFE_ms,
  LONGEST_LINE_bytes,
  decodeBoardLine,
  decodePlantLine,
  encodeBoardLine,
  encodePlantLine,
} from './plant-wire.js';
