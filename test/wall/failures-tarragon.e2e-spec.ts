// A file of its own for each board, so that they run beside each other.
import { failures } from './failures.js';
import { TARRAGON } from './wirings.js';

failures(TARRAGON);
