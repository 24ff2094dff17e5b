import { initialEmptiness, noteBytes, noteTick, type EmptinessState } from './emptiness.js';

/** `t` a tick, `b` bytes, `T` a tick after a stall of 60 s; a tick is 50 ms after the last. */
function play(script: string): { emptyAt: number; at: number } {
  let at = 0;
  let state: EmptinessState = initialEmptiness(0);
  for (const event of script) {
    if (event === 'b') state = noteBytes(state);
    else at += event === 'T' ? 60_000 : 50;
    if (event !== 'b') state = noteTick(state, at);
  }
  return { emptyAt: state.emptyAt, at };
}

describe('when the port was last found empty (I6, leases.md B13)', () => {
  test.each([
    ['just opened', '', 0],
    ['one quiet tick proves nothing yet', 't', 0],
    ['the second quiet tick dates the first', 'tt', 50],
    ['quiet goes on', 'tttt', 150],
    ['a frame of 183 ms is as old as the quiet before it', 'ttttbtbtbtbt', 150],
    ['between two frames it is quiet again', 'ttbtbttt', 250],
    ['a stall dates nothing, though nothing was read', 'ttT', 50],
    ['what waited during a stall is as old as it is', 'ttTb', 50],
    ['the first punctual tick after a stall is not enough', 'ttTt', 50],
    ['two punctual quiet ticks after a stall are', 'ttTtt', 60_150],
    ['bytes after the stall keep the old date', 'ttTbtbt', 50],
  ])('%s', (_case, script, emptyAt) => {
    expect(play(script).emptyAt).toBe(emptyAt);
  });
});
