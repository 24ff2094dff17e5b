// Probes (docs/inference.md): where somebody is held back and it is not known what a car without a meter draws, that car
// is lowered for some seconds, and raised again by the gate as any other. One at a time on the whole site. A probe
// lowers what was decided and never raises anything.
import {
  hasDepth,
  heldAt,
  probeWorth,
  stepInference,
  type Decided,
  type Decision,
  type Site,
} from '@fairamp/balancing';
import { branchOf, MAINS, type Because, type Milliseconds } from '@fairamp/units';
import { pathOf } from './circuits.js';
import { inferenceOf, probeOf, withInference } from './inferred.js';
import type { MasterConfig, MasterState } from './types.js';

const APART_ms: Milliseconds = 10_000;

/** What was decided, with the one who is probed held where its probe wants it. */
export function heldByProbe(state: MasterState, site: Site, { decisions, circuits }: Decided): Decided {
  const minima = new Map(site.chargePoints.map(({ id, minimum_dA }) => [id, minimum_dA]));
  const held = decisions.map((decision) => {
    const probe_dA = probeOf(state, decision.id, site.now);
    return heldAt(decision, probe_dA === null ? null : Math.max(probe_dA, minima.get(decision.id) ?? 0));
  });
  return { decisions: held, circuits };
}

type Cycle = { readonly site: Site; readonly decisions: readonly Decision[] };

/** Begins one, of the car of which least is known, if that may make room for somebody. */
export function probeWhereWorth(state: MasterState, cycle: Cycle, config: MasterConfig): MasterState {
  const { now } = cycle.site;
  const isSoon = state.probedAt !== null && now - state.probedAt < APART_ms;
  if (isSoon || cycle.site.barred.length > 0) return state;
  const [best] = candidatesOf(state, cycle, config).sort((a, b) => b.worth_dA - a.worth_dA);
  if (best === undefined) return state;
  const event = { kind: 'probe', id: best.id, at: now } as const;
  const probing = withInference(state, best.circuit, (inference) => {
    return stepInference(inference, event, { mayExport: true });
  });
  return { ...probing, probedAt: now };
}

type Candidate = { readonly id: string; readonly circuit: string; readonly worth_dA: number };

function candidatesOf(state: MasterState, { site, decisions }: Cycle, config: MasterConfig): Candidate[] {
  const minima = new Map(site.chargePoints.map(({ id, minimum_dA }) => [id, minimum_dA]));
  const unmetered = new Set(site.chargePoints.filter(({ isMetered }) => !isMetered).map(({ id }) => id));
  if (unmetered.size === 0) return [];
  const short = circuitsShort(decisions, config);
  const placed = config.roster.map(({ id, circuit }) => ({ id, above: pathOf(config, circuit).map((one) => one.id) }));
  return decisions
    .filter(({ id, limit_dA }) => unmetered.has(id) && hasDepth(limit_dA, minima.get(id) ?? 0))
    .flatMap(({ id }) => {
      const above = placed.find((one) => one.id === id)?.above ?? [];
      return above
        .filter((circuit) => short.has(circuit))
        .map((circuit) => ({ id, circuit, worth_dA: probeWorth(inferenceOf(state, circuit), id, site.now) }));
    })
    .filter(({ worth_dA }) => worth_dA > 0);
}

/** The circuits whose room somebody would use: those that are full, and all above who is only held back by promises. */
function circuitsShort(decisions: readonly Decision[], config: MasterConfig): ReadonlySet<string> {
  return new Set(
    decisions.flatMap(({ id, because }) => {
      const circuit = config.roster.find((entry) => entry.id === id)?.circuit ?? MAINS;
      const all = because.includes('reserved') ? pathOf(config, circuit).map((one) => one.id) : [];
      return [...all, ...because.flatMap(circuitIn)];
    }),
  );
}

function circuitIn(because: Because): readonly string[] {
  const branch = branchOf(because);
  if (branch !== null) return [branch.circuit];
  return because.startsWith(`${MAINS}-`) ? [MAINS] : [];
}
