// A file of its own for each board, so that they run beside each other.
import { charging } from './charging.js';
import { TARRAGON } from './wirings.js';

charging(TARRAGON);
