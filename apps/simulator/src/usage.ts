// The text of `npm run simulate -- --help`. What it says is held against the parser by options.spec.ts.
export const USAGE = `Fairamp simulator: a whole site (the shipped master, bridge and slaves, and the plant that they measure and switch) in
simulated time, from a seed, with whatever a scenario does to it. The same seed is the same run, to the byte.

  npm run simulate -- [options]

  --scenario S       a name of --list, all (default: each seed draws its own), or FILE.json
  --seed N           one run (default 1)
  --seeds A..B       one run for each seed from A to B
  --hours H          simulated hours of each run, 0.01 to 168 (default 1)
  --strategy S       fairamp (default), classic (the regulator of 2.07), or both, to compare them
  --json             one JSON object a line for each seed; all else goes to standard error
  --csv FILE.csv     one row a second (one seed and one strategy only)
  --svg FILE.svg     the picture of the run, with both strategies one above the other (one seed only)
  --jobs N           runs at a time (default: one for each core); the results do not depend on it
  --list             the scenarios, each with what it does
  --help             this text

The exit code is 0 without violations, 1 with, 2 for wrong usage, 130 when interrupted. With classic only a crash counts.

  npm run simulate -- --seeds 1..100 --hours 1
  npm run simulate -- --scenario dead-master --seed 7 --svg dead-master.svg
  npm run --silent simulate -- --seeds 1..100 --json > results.jsonl
`;
