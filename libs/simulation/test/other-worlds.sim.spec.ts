import { violatesNothing } from './every-scenario.js';

violatesNothing(2);
