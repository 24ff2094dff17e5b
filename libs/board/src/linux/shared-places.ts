// What two parts of a board would share by a slip of the pen: a line of a gpio chip, or a channel of a converter. Two outputs
// on one line undo each other, and a reading of the wrong thing is worse than none.
import type { BoardDescription, InputDescription, LineDescription } from './description.js';

type Place = { readonly path: string; readonly names: readonly string[]; readonly within: string };

export function sharedPlaces(
  board: BoardDescription,
): readonly (readonly [path: readonly string[], message: string])[] {
  const places = placesOf(board, '');
  return places.flatMap((place, index) => {
    const other = places.slice(0, index).find((before) => isSame(before, place));
    if (other === undefined) return [];
    return [[place.path.split('.'), `is the same as ${other.path}: ${place.names.join('|')} ${place.within}`] as const];
  });
}

/** Of several models that a name stands for, any may be the one that is there. */
function isSame(one: Place, other: Place): boolean {
  return one.within === other.within && one.names.some((name) => other.names.includes(name));
}

function placesOf(value: unknown, path: string): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const within = Object.entries(value).flatMap(([key, item]) => placesOf(item, path === '' ? key : `${path}.${key}`));
  if (isLine(value)) return [{ path, names: value.chip, within: `line ${value.offset}` }, ...within];
  if (isInput(value)) return [{ path, names: value.adc, within: value.channel }, ...within];
  return within;
}

function isLine(value: object): value is LineDescription {
  return 'chip' in value && 'offset' in value;
}

function isInput(value: object): value is InputDescription {
  return 'adc' in value && 'channel' in value;
}
