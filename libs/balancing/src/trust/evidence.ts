// What is held against a meter, in a sentence for the person who has to look at it: what it read, what our cars drew,
// how often, and where to look.
import { type Deciamps, type PerPhase, type Phase, amps } from '@fairamp/units';
import type { Judged, Run, Step, StepLie, Tally } from './types.js';

export function frozenWords({ current_dA, samples, since, step }: Run, at: number, phases: readonly Phase[]): string {
  const seconds = ((at - since) / 1000).toFixed(0);
  const same = `${readingWords(current_dA, phases)} in each of ${samples} samples (${seconds} s)`;
  return step === null ? `${same} while a car charges` : `${same} while our cars went ${stepWords(step)}`;
}

export function shortWords({ current_dA, cars }: Judged, phases: readonly Phase[], samples: number): string {
  const each = phases.map((phase) => `${phase} ${amps(current_dA[phase])} A, our cars ${amps(cars.low_dA[phase])} A`);
  return `the mains read less than our cars draw in ${samples} samples: ${each.join('; ')}`;
}

export function spikeWords(current_dA: PerPhase<Deciamps>, phases: readonly Phase[]): string {
  return `${readingWords(current_dA, phases)}: no connection of this size carries that`;
}

const MADE_OF_IT: { readonly [lie in StepLie]: string } = {
  'sign-flipped': 'the mains went the other way; is a transformer turned round?',
  swapped: 'the step appeared there; are transformers, or the conductors of the charge point, exchanged?',
  unmoved: 'the mains did not follow; is a transformer unplugged, or does it sit where our cars do not draw?',
  scaled: 'the mains followed by much too little; are transformers and calibration right?',
};

export function tallyWords(tally: Step & Pick<Tally, 'because' | 'other' | 'steps'>): string {
  const { because, other, steps, read_dA } = tally;
  const where = other === null ? '' : ` (and on ${other})`;
  const times = steps === 1 ? 'a step' : `the newest of ${steps} steps`;
  return `${times}: our cars went ${stepWords(tally)}, the reading${where} by ${signed(read_dA)} A: ${MADE_OF_IT[because]}`;
}

function stepWords({ phase, drawn_dA }: Step): string {
  return `by ${signed(drawn_dA)} A on ${phase}`;
}

function signed(value_dA: Deciamps): string {
  return value_dA > 0 ? `+${amps(value_dA)}` : amps(value_dA);
}

function readingWords(current_dA: PerPhase<Deciamps>, phases: readonly Phase[]): string {
  return phases.map((phase) => `${phase} ${amps(current_dA[phase])} A`).join(', ');
}
