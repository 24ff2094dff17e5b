// The protected branches below the mains, as the installer writes them down: a tree of circuits, each with its limit,
// its device, and a meter of its own or what else hangs there.
import type { CircuitConfig } from '@fairamp/nodes';
import { idField } from '@fairamp/protocol';
import { bridgeField, keyBytes, oldestSampleField, phaseField, type CrossCheck } from '@fairamp/runtime';
import { MAINS, PHASES, isRotation, perPhase, type PerPhase, type ProtectiveDevice } from '@fairamp/units';
import { z } from 'zod';

export const rotationField = z
  .tuple([phaseField, phaseField, phaseField])
  .refine(isRotation, 'must name each of L1, L2 and L3 once');
export const deviceField = z.strictObject({
  curve: z.enum(['B', 'C', 'gG']).describe('a breaker B or C, or a fuse gG'),
  rated_A: z.int().min(6).max(1000).describe('its rating, A'),
});
export const sourceField = z
  .enum(['sensorbox', 'modbus', 'p1'])
  .default('sensorbox')
  .describe('what kind of source its meter is: how fine and how quick its readings are');
const amperes = z.number().min(0).max(1000);
/** One figure, or one for each conductor. */
const amperesField = z.union([amperes, z.strictObject({ L1: amperes, L2: amperes, L3: amperes })]);
export const circuitField = z.strictObject({
  id: idField,
  parent: idField.default(MAINS).describe('the circuit that feeds it'),
  limit_A: amperesField.describe('on each conductor, A'),
  device: deviceField.optional().describe('what protects it; else a fuse gG of its limit'),
  meter: bridgeField.optional().describe('a sensorbox-bridge of its own'),
  oldestSample_s: oldestSampleField,
  source: sourceField,
  allowance_A: amperesField.optional().describe('where nobody measures: the most that flows there beside the cars, A'),
});
type Written = z.output<typeof circuitField>;

export function deviceOf({ curve, rated_A }: z.output<typeof deviceField>): ProtectiveDevice {
  return { curve, rated_dA: rated_A * 10 };
}

export function circuitOf({
  id,
  parent,
  limit_A,
  device,
  meter,
  oldestSample_s,
  source,
  allowance_A,
}: Written): CircuitConfig {
  const limit_dA = deciamps(limit_A);
  const rated_dA = Math.max(limit_dA.L1, limit_dA.L2, limit_dA.L3);
  return {
    id,
    parent,
    limit_dA,
    device: device === undefined ? { curve: 'gG', rated_dA } : deviceOf(device),
    meter:
      meter === undefined
        ? null
        : { id: meter.id, key: keyBytes(meter.key), oldestSample_ms: oldestSample_s * 1000, source },
    allowance_dA: allowance_A === undefined ? null : deciamps(allowance_A),
  };
}

function deciamps(written: Written['limit_A']): PerPhase<number> {
  return perPhase((phase) => Math.round(10 * (typeof written === 'number' ? written : written[phase])));
}

type Tree = {
  readonly circuits: readonly Written[];
  readonly roster: readonly { readonly id: string; readonly circuit: string; readonly min_A?: number | undefined }[];
  readonly settings: { readonly min_A: number };
  readonly bridge?: { readonly id: string } | undefined;
};

export function circuitChecks(tree: Tree): readonly CrossCheck[] {
  const { circuits, roster, bridge } = tree;
  const names = circuits.map(({ id }) => id);
  const known = [...new Set([MAINS, ...names])].join(', ');
  return [
    ...circuits.flatMap((circuit, index) => checksOf(circuit, index, { circuits, bridge })),
    ...roster.map(({ circuit }, index) => ({
      isWrong: circuit !== MAINS && !names.includes(circuit),
      path: ['roster', index, 'circuit'],
      value: circuit,
      message: `must be one of ${known}`,
    })),
    ...roomChecks(tree),
  ];
}

/** As MIN above MAINS: a charge point that could never be granted anything is a mistake. */
function roomChecks({ circuits, roster, settings }: Tree): readonly CrossCheck[] {
  const below = new Map<string, Tree['roster']>();
  for (const point of roster) below.set(point.circuit, [...(below.get(point.circuit) ?? []), point]);
  // Feeders stand first: from the end each hands its charge points up.
  for (const { id, parent } of circuits.toReversed())
    below.set(parent, [...(below.get(parent) ?? []), ...(below.get(id) ?? [])]);
  return circuits.flatMap((circuit, index) => {
    const room_A = roomFor(circuit);
    const starved = (below.get(circuit.id) ?? []).find(({ min_A = settings.min_A }) => min_A > room_A);
    if (starved === undefined) return [];
    const { id, min_A = settings.min_A } = starved;
    const message = `leaves ${room_A} A for cars, below the minimum of "${id}", ${min_A} A: it could never charge`;
    return [{ isWrong: true, path: ['circuits', index, 'limit_A'], value: circuit.limit_A, message }];
  });
}

/** The most on any conductor; what a meter tells may be nothing at times. */
function roomFor(circuit: Written): number {
  const { limit_dA, allowance_dA, meter } = circuitOf(circuit);
  const taken_dA = meter === null ? allowance_dA : null;
  return Math.max(...PHASES.map((phase) => limit_dA[phase] - (taken_dA?.[phase] ?? 0))) / 10;
}

function checksOf(
  circuit: Written,
  index: number,
  { circuits, bridge }: Pick<Tree, 'circuits' | 'bridge'>,
): readonly CrossCheck[] {
  const before = [MAINS, ...circuits.slice(0, index).map(({ id }) => id)];
  const meters = [bridge, ...circuits.slice(0, index).map(({ meter }) => meter)];
  const at = (key: string): (string | number)[] => ['circuits', index, key];
  const { id, parent, meter, allowance_A, device } = circuit;
  const { limit_dA, allowance_dA } = circuitOf(circuit);
  const highest_A = Math.max(...PHASES.map((phase) => limit_dA[phase])) / 10;
  const isAbove = allowance_dA !== null && PHASES.some((phase) => allowance_dA[phase] > limit_dA[phase]);
  return [
    { isWrong: before.includes(id), path: at('id'), value: id, message: 'must be another than the ids before it' },
    {
      isWrong: !before.includes(parent),
      path: at('parent'),
      value: parent,
      message: `must be one that stands before it: ${before.join(', ')}`,
    },
    {
      isWrong: meter === undefined && allowance_A === undefined,
      path: at('meter'),
      message: 'must be given, or allowance_A: nobody would know what else flows there',
    },
    {
      isWrong: device !== undefined && highest_A > device.rated_A,
      path: at('limit_A'),
      value: circuit.limit_A,
      message: `must not be above the rating of its device, ${device?.rated_A} A`,
    },
    { isWrong: isAbove, path: at('allowance_A'), value: allowance_A, message: 'must not be above limit_A' },
    {
      isWrong: meter !== undefined && meters.some((other) => other?.id === meter.id),
      path: [...at('meter'), 'id'],
      value: meter?.id,
      message: 'must be another bridge than those before it',
    },
  ];
}
