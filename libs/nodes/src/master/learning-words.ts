// What is learnt of the wiring as lines of the configuration that a person may write, and the evidence beside them.
// Rotations and an order are only good together: a rotation in the place of the configured one, beside an order that is
// still open, might fit the transformers less than before. Directions stand for themselves; where a battery may be what
// answers, a person has to look first.
import { proposalWords, type Learnt, type Proposal } from '@fairamp/learning';
import { AS_LABELLED, PHASES, type Deciamps, type PerPhase } from '@fairamp/units';
import type { MasterConfig } from './types.js';

/** Those on which a master may act. */
export function usable(proposals: readonly Proposal[], config: MasterConfig): readonly Proposal[] {
  const isPlaced = isOrderKnown(proposals, config) && circuitsInTheWay(config).length === 0;
  return proposals.filter((one) => (one.kind === 'direction' ? !one.mayBeBattery : isPlaced));
}

function isOrderKnown(proposals: readonly Proposal[], { transformers }: MasterConfig): boolean {
  return transformers.isOrderConfirmed || proposals.some(({ kind }) => kind === 'order');
}

/**
 * All charge points and transformers turned together look the same to the meter of the mains, but not to a circuit whose
 * conductors are told apart by something else. There one of them must be written down, by which the rest is named.
 */
function circuitsInTheWay({ circuits, transformers, roster }: MasterConfig): readonly string[] {
  const isGiven = transformers.isOrderConfirmed || roster.some(({ isRotationConfirmed }) => isRotationConfirmed);
  if (isGiven) return [];
  const toldApart = circuits.filter(({ meter, limit_dA, allowance_dA }) => {
    return meter !== null || isUneven(limit_dA) || (allowance_dA !== null && isUneven(allowance_dA));
  });
  return toldApart.map(({ id }) => id);
}

function isUneven(current_dA: PerPhase<Deciamps>): boolean {
  return PHASES.some((phase) => current_dA[phase] !== current_dA.L1);
}

/** What a person would write, without what is not sure enough as a whole; and what has become of it. */
export function linesOf(proposals: readonly Proposal[], config: MasterConfig): readonly string[] {
  const verb = config.learning === 'use' ? 'in use' : 'to write';
  const lines = usable(proposals, config).flatMap((one): readonly string[] => {
    if (one.kind === 'rotation') return [`${verb}: rotation: [${one.rotation.join(', ')}] for ${one.chargePoint}`];
    return one.kind === 'order' ? [`${verb}: transformers.order: [${one.order.join(', ')}]`] : [];
  });
  return [...lines, ...reversedLine(proposals, config, verb)];
}

/** Written it holds for all of them, so all have to be named. */
function reversedLine(proposals: readonly Proposal[], { mainsPhases }: MasterConfig, verb: string): readonly string[] {
  const directions = proposals.filter((one) => one.kind === 'direction');
  if (directions.length === 0 || directions.length < mainsPhases.length) return [];
  const reversed = directions.filter(({ isReversed }) => isReversed).map(({ transformer }) => transformer);
  const said = directions.some(({ mayBeBattery }) => mayBeBattery) ? 'to write after a look at the transformers' : verb;
  return [`${said}: transformers.reversed: [${reversed.join(', ')}]`];
}

/** For the log, when it begins to hold. */
export function usedWords({ transformers: { order, reversed }, rotations }: Learnt): string {
  const turned = Object.entries(rotations).filter(([, rotation]) => rotation.join() !== AS_LABELLED.join());
  const points = turned.map(([id, rotation]) => `, rotation [${rotation.join(', ')}] of ${id}`);
  return `transformers on [${order.join(', ')}], reversed [${reversed.join(', ')}]${points.join('')}`;
}

/** Two parts of the line are parted by this. */
const BETWEEN = ' | ';
/** With 250 charge points and a car at each more could be told than anybody reads. */
const LONGEST = 4_000;

/** @returns `none` where there is nothing to say */
export function wiringWords(proposals: readonly Proposal[], config: MasterConfig): string {
  if (proposals.length === 0) return 'none';
  return bounded([...linesOf(proposals, config), ...adviceOf(proposals, config), ...evidenceOf(proposals, config)]);
}

function adviceOf(proposals: readonly Proposal[], config: MasterConfig): readonly string[] {
  const inTheWay = circuitsInTheWay(config);
  if (inTheWay.length === 0 || !isOrderKnown(proposals, config)) return [];
  const why = `circuit ${inTheWay.join(', ')} tells conductors apart`;
  return [`look at one charge point and write its rotation, also if it is as labelled: ${why}`];
}

/** Where the order is known, conductors say nothing that a rotation does not. */
function evidenceOf(proposals: readonly Proposal[], config: MasterConfig): readonly string[] {
  const isKnown = isOrderKnown(proposals, config);
  return proposals.filter(({ kind }) => kind !== 'conductor' || !isKnown).map((proposal) => proposalWords(proposal));
}

function bounded(parts: readonly string[]): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    const longer = text === '' ? part : `${text}${BETWEEN}${part}`;
    if (longer.length > LONGEST) return `${text}${BETWEEN}and ${parts.length - index} more`;
    text = longer;
  }
  return text;
}
