// What can be done to the site while it runs, by a key or by `--at T:VERB:WHAT`: the same few words for both. Parsed
// here once, so that everything behind it deals with a known process or a car that exists.
import { PHYSICAL_FAULTS, PHYSICAL_FAULT_WORDS, type PhysicalFault } from '@fairamp/simulation';
import { failure, ok, type Result } from '@fairamp/units';

export const PROCESSES = ['broker', 'master', 'bridge', 'slave1', 'slave2', 'slave3'] as const;
/** What `--at` and the keys may kill. The plant is the physical world: it is nobody's to kill. */
export type ProcessName = (typeof PROCESSES)[number];

export const CARS = [1, 2, 3] as const;
/** Car N belongs to charge point N, so a charge point goes by the same number. */
export type CarNumber = (typeof CARS)[number];

const PROCESS_VERBS = ['kill', 'kill9', 'start', 'freeze', 'thaw'] as const;
const CAR_VERBS = ['plug', 'unplug'] as const;
const FAULT_VERBS = ['fault', 'mend'] as const;
export type ProcessVerb = (typeof PROCESS_VERBS)[number];
export type CarVerb = (typeof CAR_VERBS)[number];
export type FaultVerb = (typeof FAULT_VERBS)[number];

export type Action =
  | { readonly verb: ProcessVerb; readonly process: ProcessName }
  | { readonly verb: CarVerb; readonly car: CarNumber }
  /** Something of this charge point breaks, or is mended. */
  | { readonly verb: FaultVerb; readonly point: CarNumber; readonly fault: PhysicalFault }
  /** Somebody presses the switch of this charge point. */
  | { readonly verb: 'press'; readonly point: CarNumber }
  /** The house draws this much more (or less) on each phase from now on. */
  | { readonly verb: 'house'; readonly step_A: number };

export type TimedAction = { readonly at_s: number; readonly action: Action };
type Refused = Result<never, 'refused'>;

const FORM = 'T:VERB:WHAT, for example 30:kill:bridge, or T:fault:POINT:NAME, for example 45:fault:1:too-hot';
/** A household's main fuse is at most 100 A in the manual; a larger step says nothing more. */
const LARGEST_STEP_A = 100;

/** `30:kill:bridge` or `45:fault:1:lock-jammed`: at that second, as a result or with the part that is wrong and what it may be. */
export function parseTimedAction(text: string): Result<TimedAction, 'refused'> {
  const [at, verb, what, name, ...rest] = text.split(':');
  const isLong = FAULT_VERBS.some((known) => known === verb);
  if (
    at === undefined ||
    verb === undefined ||
    what === undefined ||
    (name !== undefined) !== isLong ||
    rest.length > 0
  ) {
    return failure('refused', `--at ${text}: the form is ${FORM}`);
  }
  const at_s = Number(at);
  if (!/^\d+(\.\d+)?$/.test(at)) {
    return failure('refused', `--at ${text}: "${at}" is not a time; allowed are seconds from the start, 0 or more`);
  }
  const action = parseAction(verb, what, name);
  return action.ok ? ok({ at_s, action: action.value }) : failure('refused', `--at ${text}: ${action.detail}`);
}

function parseAction(verb: string, what: string, name = ''): Result<Action, 'refused'> {
  const processVerb = PROCESS_VERBS.find((known) => known === verb);
  if (processVerb !== undefined) return parseProcess(processVerb, what);
  const carVerb = CAR_VERBS.find((known) => known === verb);
  if (carVerb !== undefined) return parseCar(carVerb, what);
  const faultVerb = FAULT_VERBS.find((known) => known === verb);
  if (faultVerb !== undefined) return parseFault(faultVerb, what, name);
  if (verb === 'press') return parsePress(what);
  if (verb === 'house') return parseStep(what);
  return unknown(verb, 'verb', [...PROCESS_VERBS, ...CAR_VERBS, ...FAULT_VERBS, 'press', 'house']);
}

function parseProcess(verb: ProcessVerb, what: string): Result<Action, 'refused'> {
  const process = PROCESSES.find((known) => known === what);
  return process === undefined ? unknown(what, `process to ${verb}`, PROCESSES) : ok({ verb, process });
}

function parseCar(verb: CarVerb, what: string): Result<Action, 'refused'> {
  const car = pointOf(what);
  return car === undefined ? unknown(what, `car to ${verb}`, CARS) : ok({ verb, car });
}

function parseFault(verb: FaultVerb, what: string, name: string): Result<Action, 'refused'> {
  const point = pointOf(what);
  const fault = PHYSICAL_FAULTS.find((known) => known === name);
  if (point === undefined) return unknown(what, `charge point to ${verb}`, CARS);
  return fault === undefined ? unknown(name, `fault to ${verb}`, PHYSICAL_FAULTS) : ok({ verb, point, fault });
}

function parsePress(what: string): Result<Action, 'refused'> {
  const point = pointOf(what);
  return point === undefined ? unknown(what, 'charge point to press', CARS) : ok({ verb: 'press', point });
}

function pointOf(what: string): CarNumber | undefined {
  return CARS.find((known) => String(known) === what);
}

function parseStep(what: string): Result<Action, 'refused'> {
  const step_A = Number(what);
  if (!/^[+-]?\d+$/.test(what) || Math.abs(step_A) > LARGEST_STEP_A) {
    return failure('refused', `"${what}" is not a step; allowed are -${LARGEST_STEP_A} to +${LARGEST_STEP_A} A`);
  }
  return ok({ verb: 'house', step_A });
}

function unknown(value: string, noun: string, allowed: readonly (string | number)[]): Refused {
  return failure('refused', `"${value}" is no ${noun}; allowed are ${allowed.join(', ')}`);
}

/** For the events: `kill bridge`, `plug car 2`, `house +10 A`. */
export function describeAction(action: Action): string {
  if (action.verb === 'house') return `house ${action.step_A > 0 ? '+' : ''}${action.step_A} A on each phase`;
  if (action.verb === 'press') return `the switch of charge point ${action.point} is pressed`;
  if ('fault' in action) {
    const words = `${PHYSICAL_FAULT_WORDS[action.fault]}`;
    return `charge point ${action.point}: ${action.verb === 'fault' ? words : `mended, no more: ${words}`}`;
  }
  return 'car' in action ? `${action.verb} car ${action.car}` : `${action.verb} ${action.process}`;
}
