// A site with a still house: one sample and one report of each charge point a second, and steps that the mains answer
// exactly.
import { type PerPhase, AS_LABELLED, PHASES, perPhase } from '@fairamp/units';
import { type LearningConfig, type LearningState, type Proposal } from '../src/index.js';
import { initialLearning, proposalsOf, stepLearning } from '../src/index.js';

const STILL_s = 12;

export type StorySite = {
  readonly metered: readonly boolean[];
  readonly signed?: boolean;
  readonly config?: Partial<LearningConfig>;
  readonly house_dA?: PerPhase<number>;
};
/** From now on charge point `point` draws this on its own conductors, and each transformer shows so much more. */
export type Change = {
  readonly point: number;
  readonly draw_dA: PerPhase<number>;
  readonly shown_dA: PerPhase<number>;
};

function configOf({ metered, config }: StorySite): LearningConfig {
  return {
    mainsPhases: PHASES,
    mayExport: false,
    mayBeBattery: false,
    transformers: { order: AS_LABELLED, reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: false },
    chargePoints: metered.map((_, index) => ({ id: `p${index}`, rotation: AS_LABELLED, isConfirmed: false })),
    ...config,
  };
}

export const NONE = perPhase(() => 0);
const HOUSE = { L1: 100, L2: 100, L3: 100 };

export class Story {
  readonly config: LearningConfig;
  state: LearningState;
  readonly #site: StorySite;
  readonly #draws: PerPhase<number>[];
  #shown: PerPhase<number>;
  #at = 0;

  constructor(site: StorySite) {
    this.#site = site;
    this.config = configOf(site);
    this.state = initialLearning(this.config);
    this.#draws = site.metered.map(() => NONE);
    this.#shown = site.house_dA ?? HOUSE;
    this.wait();
  }

  wait(seconds = STILL_s): void {
    for (let second = 0; second < seconds; second += 1) {
      this.#at += 1000;
      const { signed = true } = this.#site;
      const sample = {
        kind: 'sample',
        at: this.#at,
        measuredAt: this.#at - 300,
        signed,
        current_dA: this.#shown,
      } as const;
      this.state = stepLearning(this.state, sample, this.config);
      this.#report();
    }
  }

  #report(): void {
    for (const [index, isMetered] of this.#site.metered.entries()) {
      if (index === this.#muted) continue;
      const drawn = this.#draws[index] ?? NONE;
      const obeyed_dA = Math.max(...PHASES.map((own) => drawn[own]));
      const contactor = obeyed_dA > 0 ? 'closed' : 'open';
      const draw_dA = isMetered ? drawn : null;
      const event = { kind: 'charge-point', id: `p${index}`, at: this.#at, contactor, obeyed_dA, draw_dA } as const;
      this.state = stepLearning(this.state, event, this.config);
    }
  }

  /** An unmetered car follows its offer after two seconds; of a metered one the report tells when it does. */
  change(...changes: readonly Change[]): void {
    for (const { point, draw_dA } of changes) this.#draws[point] = draw_dA;
    if (changes.some(({ point }) => this.#site.metered[point] === false)) this.wait(2);
    for (const { shown_dA } of changes) this.load(shown_dA);
    this.wait();
  }

  /** Of the house. */
  load(shown_dA: PerPhase<number>): void {
    this.#shown = perPhase((phase) => this.#shown[phase] + shown_dA[phase]);
  }

  /** Nobody hears of this charge point. */
  mute(point: number | null): void {
    this.#muted = point;
  }
  #muted: number | null = null;

  /** There and back, as often as it takes. */
  visit(point: number, draw_dA: PerPhase<number>, shown_dA: PerPhase<number>): void {
    for (let time = 0; time < 3; time += 1) {
      this.change({ point, draw_dA, shown_dA });
      this.change({ point, draw_dA: NONE, shown_dA: perPhase((phase) => -shown_dA[phase]) });
    }
    this.state = stepLearning(this.state, { kind: 'left', id: `p${point}` }, this.config);
  }

  steps(point: number): number | undefined {
    return this.state.points[`p${point}`]?.steps;
  }

  marginOf(kind: Proposal['kind']): number {
    return proposalsOf(this.state, this.config).find((one) => one.kind === kind)?.evidence.margin ?? 0;
  }

  said(): readonly string[] {
    return proposalsOf(this.state, this.config).map(inShort);
  }
}

function inShort(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'conductor':
      return `${proposal.chargePoint} ${proposal.conductor} at ${proposal.transformer}`;
    case 'rotation':
      return `${proposal.chargePoint} on ${proposal.rotation.join(' ')} by ${proposal.relativeTo}`;
    case 'order':
      return `order ${proposal.order.join(' ')} by ${proposal.relativeTo}`;
    case 'direction':
      return `${proposal.transformer} ${proposal.isReversed ? 'reversed' : 'straight'}`;
    case 'car':
      return `${proposal.chargePoint} car ${proposal.phases.join(' ')}`;
    case 'contradiction':
      return `not so: ${proposal.of}`;
  }
}
