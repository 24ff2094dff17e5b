// A file of its own for each board, so that they run beside each other.
import { charging } from './charging.js';
import { RASPBERRY } from './wirings.js';

charging(RASPBERRY);
