export { asTyped } from './as-typed.js';
export { mainsBars } from './mains-bars.js';
export { isTerminal, openTerminal, type Terminal } from './screen.js';
export {
  fit,
  justify,
  lengthOf,
  paint,
  span,
  wrap,
  type Ink,
  type Line,
  type Size,
  type Span,
  type Tone,
} from './span.js';
export { clockOf, faultsOf, SESSION_INKS, SESSION_WORDS, whyItWaits, whyOf, type SessionWord } from './words.js';
