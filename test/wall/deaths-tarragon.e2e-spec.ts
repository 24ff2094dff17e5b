// A file of its own for each board, so that they run beside each other.
import { deaths } from './deaths.js';
import { TARRAGON } from './wirings.js';

deaths(TARRAGON);
