// The pure plant of @fairamp/simulation, kept in real time: whoever owns the clock says how late it is, and gets what
// happened since. It holds the one thing that outlives every board: the latched outputs and what hangs on them.
import { type BoardLine, type PlantLine } from '@fairamp/board';
import { ampsOf } from '@fairamp/evse';
import {
  chargeOf,
  greeting,
  initialPlant,
  stepPlant,
  type CarState,
  type OutletCommand,
  type OutletConfig,
  type OutletState,
  type PhysicalFault,
  type PlantConfig,
  type PlantOutput,
  type PlantState,
  type TimedByte,
} from '@fairamp/simulation';
import { mapPhases, perPhase, PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { type Truth } from './messages.js';

export type Happened = {
  readonly bytes: Uint8Array;
  readonly told: readonly { readonly outlet: string; readonly line: PlantLine }[];
};

export class PlantLoop {
  #config: PlantConfig;
  #state: PlantState;
  #output: PlantOutput | null = null;
  #commands: { outlet: string; command: OutletCommand }[] = [];
  #line: readonly TimedByte[] = [];

  constructor(config: PlantConfig, now: Milliseconds) {
    this.#config = config;
    this.#state = initialPlant(now, config);
  }

  command(outlet: string, command: OutletCommand): void {
    this.#commands.push({ outlet, command });
  }

  /** @returns what the board is told at once */
  boardSaid(outlet: string, line: BoardLine): readonly PlantLine[] {
    switch (line.kind) {
      case 'hello':
        return this.#greetingOf(outlet);
      case 'pilot':
        this.command(outlet, { kind: 'set-pilot', pilot: line.pilot });
        return [];
      case 'power':
        this.command(outlet, { kind: 'allow-power', on: line.on });
        return [this.#contactorOf(outlet)];
      case 'heartbeat':
        this.command(outlet, { kind: 'heartbeat' });
        return [];
      case 'lock':
      case 'test-residual':
      case 'indicator':
        this.command(outlet, line);
        return [];
    }
  }

  /** A switch in the house: on top of what plays, and never below nothing. */
  stepHouse(step_dA: Deciamps): void {
    const { house } = this.#config;
    const currentsAt = (at: Milliseconds) =>
      mapPhases(house.currentsAt(at), (current) => Math.max(0, current + step_dA));
    this.#config = { ...this.#config, house: { ...house, currentsAt } };
  }

  /** The time up to now passes, however long it was: a stalled process finds its world as old as the clock says. */
  advance(now: Milliseconds): Happened {
    const commands = this.#commands;
    this.#commands = [];
    const { state, output } = stepPlant(this.#state, { at: Math.max(now, this.#state.at), commands }, this.#config);
    this.#state = state;
    this.#output = output;
    const waiting = [...this.#line, ...output.line];
    this.#line = waiting.filter(({ at }) => at > now);
    return {
      bytes: Uint8Array.from(waiting.filter(({ at }) => at <= now).map(({ byte }) => byte)),
      told: output.events.map(({ outlet, event }) => ({ outlet, line: event })),
    };
  }

  /** null before the first step. */
  truth(): Truth | null {
    if (this.#output === null) return null;
    const { house_dA, cars_dA } = this.#output;
    const { worst_over_dA, worst_over_ms } = this.#state.overload;
    const outlets = this.#config.outlets.flatMap((config, index) => {
      const state = this.#state.outlets[index];
      return state === undefined ? [] : [outletTruth(state, config)];
    });
    return { kind: 'truth', at_ms: this.#state.at, house_dA, cars_dA, worst_over_dA, worst_over_ms, outlets };
  }

  /** As it truly is; undefined: there is none of this name. */
  outlet(id: string): OutletState | undefined {
    return this.#state.outlets[this.#config.outlets.findIndex((outlet) => outlet.id === id)];
  }

  #contactorOf(id: string): PlantLine {
    return { kind: 'contactor', closed: this.outlet(id)?.isClosed ?? false };
  }

  #greetingOf(id: string): readonly PlantLine[] {
    const config = this.#config.outlets.find((outlet) => outlet.id === id);
    const state = this.outlet(id);
    return state === undefined || config === undefined ? [] : greeting(state, this.#state.at, config);
  }
}

function outletTruth(state: OutletState, config: OutletConfig): Truth['outlets'][number] {
  return {
    id: config.id,
    contactorClosed: state.isClosed,
    offered_dA: state.pilot.kind === 'pwm' ? ampsOf(state.pilot.duty_permille) : 0,
    draw_dA: perPhase((phase) => drawOn(phase, state, config)),
    lock: (config.fittings?.lock ?? 'none') === 'none' ? 'none' : state.fittings.bolt,
    indicator: state.fittings.indicator,
    broken: [...state.faults],
    ...carTruth(state.car, config),
    ...shortTruth(state.faults),
  };
}

/** A line that is held somewhere says so, whatever car hangs on it. */
function shortTruth(broken: readonly PhysicalFault[]): Pick<CarTruth, 'pilot'> | undefined {
  if (broken.includes('pilot-shorted')) return { pilot: 'E' };
  return broken.includes('pilot-negative') ? { pilot: 'F' } : undefined;
}

type CarTruth = Pick<Truth['outlets'][number], 'pilot' | 'isHungry' | 'phases' | 'charge_permille'>;

function carTruth(car: CarState | null, { car: config, wiring }: OutletConfig): CarTruth {
  if (car === null) return { pilot: 'A', isHungry: false, phases: [], charge_permille: null };
  const charge_permille = chargeOf(car, config);
  return {
    pilot: car.isAsking ? 'C' : 'B',
    isHungry: charge_permille < config.battery.stopsAt_permille,
    phases: config.terminals.map((terminal) => wiring[terminal]),
    charge_permille,
  };
}

function drawOn(phase: Phase, state: OutletState, { wiring, car }: OutletConfig): Deciamps {
  const isUsed = PHASES.some((terminal) => wiring[terminal] === phase && car.terminals.includes(terminal));
  return isUsed ? Math.round((state.car?.drawn_mA ?? 0) / 100) : 0;
}
