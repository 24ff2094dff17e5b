// Preloaded into a slave and its io process: told by SIGUSR2, their clock runs so many times as fast, for so long. With
// it a contactor's 10 s between two closings pass between two trials; nothing else of the shipped files is touched, and in a
// trial the clock is the computer's.
const TIMES = Number(process.env.HURRY_TIMES);
const FOR_ms = Number(process.env.HURRY_FOR_ms);
const now_ms = performance.now.bind(performance);
/** What the hurries before have gained. */
let gained_ms = 0;
let since_ms = null;

function hurried_ms(at_ms) {
  return since_ms === null ? 0 : Math.min(at_ms - since_ms, FOR_ms) * (TIMES - 1);
}

performance.now = () => {
  const at_ms = now_ms();
  return at_ms + gained_ms + hurried_ms(at_ms);
};
process.on('SIGUSR2', () => {
  const at_ms = now_ms();
  gained_ms += hurried_ms(at_ms);
  since_ms = at_ms;
});
