// The live view: drawn four times a second, keys at once, until somebody quits. Where there is no terminal, a status
// line each 5 s and every event as it comes.
import { type Lab } from './lab.js';
import { snapshotOf } from './lab-snapshot.js';
import { keyPress, type KeyPress } from './view/keys.js';
import { renderStatusLine, renderView } from './view/render.js';
import { openTerminal } from './view/terminal.js';

const DRAW_EVERY_ms = 250;
const STATUS_EVERY_ms = 5000;

/** @returns how to end it */
export function showLive(lab: Lab, quit: () => void): () => void {
  const terminal = openTerminal((character) => {
    const press = keyPress(character);
    if (press?.kind === 'quit') quit();
    else if (press !== null) act(lab, press);
  });
  const draw = (): void => terminal.draw(renderView(snapshotOf(lab), terminal.size()));
  const timer = setInterval(draw, DRAW_EVERY_ms);
  process.stdout.on('resize', draw);
  return () => {
    clearInterval(timer);
    terminal.close();
  };
}

/** @returns how to end it */
export function showStatus(lab: Lab, write: (line: string) => void): () => void {
  const timer = setInterval(() => write(renderStatusLine(snapshotOf(lab))), STATUS_EVERY_ms);
  return () => clearInterval(timer);
}

function act(lab: Lab, press: Exclude<KeyPress, { kind: 'quit' }>): void {
  switch (press.kind) {
    case 'toggle-car':
      lab.perform({ verb: lab.isPlugged(press.car) ? 'unplug' : 'plug', car: press.car });
      return;
    case 'house-step':
      if (lab.options.mode === 'smart') lab.perform({ verb: 'house', step_A: press.step_A });
      return;
    case 'toggle-process': {
      const isDown = lab.site?.find(press.process)?.state === 'down';
      lab.perform({ verb: isDown ? 'start' : press.hard ? 'kill9' : 'kill', process: press.process });
    }
  }
}
