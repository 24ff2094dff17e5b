// How a picture looks: colours that also people with a colour deficiency tell apart (Okabe and Ito's set, without its
// red, which is kept for what is wrong), on a ground of its own, so that it reads the same on a light and a dark page.
import { type Happening } from './recording.js';

export const COLOUR = {
  ground: '#ffffff',
  ink: '#1f2328',
  faint: '#57606a',
  grid: '#e3e7eb',
  frame: '#8c959f',
  house: '#c3cbd4',
  wrong: '#d1242f',
  right: '#1a7f37',
} as const;

const POINTS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#8c6d31', '#6f5bb5', '#5c8a00'] as const;

/** By its place in `Recording.points`. */
export function colourOf(index: number): string {
  return POINTS[index % POINTS.length] ?? COLOUR.faint;
}

export const KINDS: Readonly<Record<Happening['kind'], { readonly colour: string; readonly name: string }>> = {
  violation: { colour: COLOUR.wrong, name: 'violation' },
  trip: { colour: COLOUR.wrong, name: 'trip' },
  disturbance: { colour: '#9a6700', name: 'done to the site' },
  said: { colour: '#8250df', name: 'alarm or error' },
  reason: { colour: COLOUR.faint, name: 'why a limit is what it is' },
};

export const SIZE = { title: 20, text: 12.5, small: 11 } as const;

export const STYLE = [
  `text{font-family:Helvetica,Arial,sans-serif;font-size:${SIZE.text}px;fill:${COLOUR.ink}}`,
  `.title{font-size:${SIZE.title}px;font-weight:bold}`,
  `.strong{font-weight:bold}`,
  `.small{font-size:${SIZE.small}px;fill:${COLOUR.faint}}`,
  // Words that a line may cross.
  `.halo{paint-order:stroke;stroke:${COLOUR.ground};stroke-width:3px}`,
  `.dark{fill:${COLOUR.ink}}`,
  `.end{text-anchor:end}`,
  `.mid{text-anchor:middle}`,
  `.wrong{fill:${COLOUR.wrong};font-weight:bold}`,
  `.grid{stroke:${COLOUR.grid};stroke-width:1}`,
  `.frame{fill:none;stroke:${COLOUR.frame};stroke-width:1}`,
  `.mains{fill:none;stroke:${COLOUR.ink};stroke-width:1;stroke-linejoin:round}`,
  `.limit{fill:none;stroke:${COLOUR.ink};stroke-width:1.6;stroke-dasharray:7 4}`,
  `.offer{fill:none;stroke-width:2.2}`,
  // With an edge, or a second of an hour would be thinner than the line beside it.
  `.over{fill:${COLOUR.wrong};stroke:${COLOUR.wrong};stroke-width:1}`,
].join('');
