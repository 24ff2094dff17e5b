// What the slave and the thread of its store say to each other. Both are one program: the types are the check.
import type { LogLevel } from '@fairamp/runtime';
import type { SlaveAppConfig } from '../config.js';
import type { BoardPlan } from '../make-board.js';
import type { Beginning, Kept } from '../slave.keeping.js';

export type KeeperData = { readonly store: string; readonly config: SlaveAppConfig; readonly plan: BoardPlan };
export type ToKeeper = Kept | { readonly kind: 'close' };
export type FromKeeper =
  | { readonly kind: 'beginning'; readonly beginning: Beginning }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly fields: object; readonly text: string };
