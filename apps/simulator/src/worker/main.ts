// A process that runs seeds, one after the other, each told by the command. A process and not a thread, because only a
// process knows its own CPU time on every Node that we support, and because a run that takes all memory ends alone.
import { answer } from './answer.js';
import { type Job } from './job.js';

// Ctrl-c reaches the whole group; it is the command that ends what it has begun.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (job: Job) => void process.send?.(answer(job)));
