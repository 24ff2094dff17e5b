// The live view: drawn four times a second, keys at once, until somebody quits. Where there is no terminal, a status
// line each 5 s and every event as it comes.
import { type PhysicalFault } from '@fairamp/simulation';
import { openTerminal } from '@fairamp/terminal';
import { CARS, type CarNumber } from './actions.js';
import { type Lab } from './lab.js';
import { snapshotOf } from './lab-snapshot.js';
import { keyPress, type KeyPress } from './view/keys.js';
import { renderStatusLine, renderView, type Focus } from './view/render.js';

const DRAW_EVERY_ms = 250;
const STATUS_EVERY_ms = 5000;

/** @returns how to end it */
export function showLive(lab: Lab, quit: () => void): () => void {
  let focus: Focus = { selected: 1, page: 'site' };
  const terminal = openTerminal((character) => {
    const press = keyPress(character);
    if (press?.kind === 'quit') quit();
    else if (press !== null) {
      focus = turned(focus, press);
      act(lab, press, focus);
      draw();
    }
  });
  const draw = (): void => terminal.draw(renderView(snapshotOf(lab), terminal.size(), focus));
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

function turned(focus: Focus, { kind }: KeyPress): Focus {
  if (kind === 'toggle-page') return { ...focus, page: focus.page === 'site' ? 'faults' : 'site' };
  if (kind !== 'select-next') return focus;
  return { ...focus, selected: CARS[CARS.indexOf(focus.selected) + 1] ?? CARS[0] };
}

function act(lab: Lab, press: KeyPress, { selected }: Focus): void {
  switch (press.kind) {
    case 'toggle-car':
      return lab.perform({ verb: lab.isPlugged(press.car) ? 'unplug' : 'plug', car: press.car });
    case 'toggle-fault':
      return toggleFault(lab, selected, press.fault);
    case 'press-switch':
      return lab.perform({ verb: 'press', point: selected });
    case 'house-step':
      return lab.options.mode === 'smart' ? lab.perform({ verb: 'house', step_A: press.step_A }) : undefined;
    case 'toggle-process':
      return toggleProcess(lab, press);
    default:
      // The rest is for the eye alone.
      return undefined;
  }
}

function toggleFault(lab: Lab, point: CarNumber, fault: PhysicalFault): void {
  lab.perform({ verb: lab.isBroken(point, fault) ? 'mend' : 'fault', point, fault });
}

function toggleProcess(lab: Lab, { process, hard }: Extract<KeyPress, { kind: 'toggle-process' }>): void {
  const isDown = lab.site?.find(process)?.state === 'down';
  lab.perform({ verb: isDown ? 'start' : hard ? 'kill9' : 'kill', process });
}
