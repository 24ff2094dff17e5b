// A proposal in the words of people, for the master's status and its log.
import { amps, PHASES, type PerPhase } from '@fairamp/units';
import type { Answer, Evidence, Proposal } from './types.js';

export function proposalWords(proposal: Proposal): string {
  return `${statementOf(proposal)} (${evidenceWords(proposal.evidence)})`;
}

function statementOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'conductor':
      return `${proposal.chargePoint}: its ${proposal.conductor} is what transformer ${proposal.transformer} measures`;
    case 'rotation':
      return `${proposal.chargePoint}: its L1, L2, L3 hang on ${proposal.rotation.join(', ')}${by(proposal.relativeTo)}`;
    case 'order':
      return `the transformers L1, L2, L3 sit on ${proposal.order.join(', ')}${by(proposal.relativeTo)}`;
    case 'direction':
      return `transformer ${proposal.transformer} sits the ${proposal.isReversed ? 'wrong' : 'right'} way round${unless(proposal)}`;
    case 'car':
      return `${proposal.chargePoint}: its car uses ${proposal.phases.join(', ')}`;
    case 'contradiction':
      return `${contradicted(proposal.of)}: what is seen is not as configured`;
  }
}

function unless({ mayBeBattery }: Extract<Proposal, { kind: 'direction' }>): string {
  return mayBeBattery ? ', unless a battery answers our cars: only a look at it tells, it is never used unseen' : '';
}

function by(relativeTo: string): string {
  return relativeTo === 'transformers'
    ? ', taking the transformers as configured'
    : `, taking ${relativeTo} as configured`;
}

function contradicted(of: string): string {
  return of === 'transformers' ? 'the transformers' : of;
}

/** Above this nobody reads on. */
const HIGHEST_ODDS = 1e9;

function evidenceWords({ starts, steps, margin, latest }: Evidence): string {
  const odds = Math.min(Math.exp(margin), HIGHEST_ODDS).toExponential(0);
  const newest = latest.at(-1);
  const last = newest === undefined ? '' : `; last: ${answerWords(newest)}`;
  return `${counted(steps, 'step')} in ${counted(starts, 'start')}, odds ${odds} to 1${last}`;
}

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

function answerWords({ draw_dA, most_dA, shown_dA }: Answer): string {
  const own = draw_dA === null ? `up to ${amps(most_dA)} A offered` : `${three(draw_dA)} A drawn`;
  return `${own}, ${three(shown_dA)} A shown`;
}

function three(current_dA: PerPhase<number>): string {
  return PHASES.map((phase) => amps(current_dA[phase])).join(' ');
}
