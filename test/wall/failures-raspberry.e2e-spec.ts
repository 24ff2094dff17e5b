// A file of its own for each board, so that they run beside each other.
import { failures } from './failures.js';
import { RASPBERRY } from './wirings.js';

failures(RASPBERRY);
