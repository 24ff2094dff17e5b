export type { BoardCapabilities, BoardEvent, BoardSupport, FailSafe } from './board-support.js';
