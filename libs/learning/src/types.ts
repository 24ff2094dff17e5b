// What goes into the learning and what comes out: events of the master's node, its configuration as far as wiring goes,
// and proposals for people. A conductor of a charge point or a transformer of the meter is called by its own label;
// only an order, a rotation and a circuit's conductors are of the mains.
import type { Deciamps, Milliseconds, PerPhase, Phase, Rotation, Transformers } from '@fairamp/units';

export type LearningPoint = {
  readonly id: string;
  /** As configured. */
  readonly rotation: Rotation;
  /** Somebody has looked: it is taken as given, and others are named by it. */
  readonly isConfirmed: boolean;
};

/** Order and directions are looked at (and written down) each for itself. */
export type ConfiguredTransformers = Transformers & {
  readonly isOrderConfirmed: boolean;
  readonly areDirectionsConfirmed: boolean;
};

export type LearningConfig = {
  /** The transformers that the meter has, by its own labels. */
  readonly mainsPhases: readonly Phase[];
  /** A source without a sign may hide export behind a magnitude; only a site that never exports is to say no. */
  readonly mayExport: boolean;
  /** A battery behind the meter may answer a step of ours with more than its size, and then it looks turned round. */
  readonly mayBeBattery: boolean;
  readonly transformers: ConfiguredTransformers;
  /** In the order of the roster. */
  readonly chargePoints: readonly LearningPoint[];
};

/** As the meter tells it, before anything is put right. */
export type SampleEvent = {
  readonly kind: 'sample';
  readonly at: Milliseconds;
  readonly measuredAt: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  readonly signed: boolean;
};

/** A report, with currents by the charge point's own labels. */
export type ChargePointEvent = {
  readonly kind: 'charge-point';
  readonly id: string;
  readonly at: Milliseconds;
  readonly contactor: 'open' | 'closed';
  /** What its outputs follow. */
  readonly obeyed_dA: Deciamps;
  /** null = unmetered. */
  readonly draw_dA: PerPhase<Deciamps> | null;
};

/** Its car is gone, or may be another one. */
type LeftEvent = { readonly kind: 'left'; readonly id: string };

export type LearningEvent = SampleEvent | ChargePointEvent | LeftEvent;

/** One step of ours and the mains' answer: what the draw changed by, own labels, and what each transformer showed. */
export type Answer = {
  readonly chargePoint: string;
  readonly at: Milliseconds;
  /** null = unmetered; then at most `most_dA`. */
  readonly draw_dA: PerPhase<Deciamps> | null;
  readonly most_dA: Deciamps;
  readonly shown_dA: PerPhase<Deciamps>;
};

export type Evidence = {
  /** Contactors that closed. */
  readonly starts: number;
  /** Steps that were clear enough to count. */
  readonly steps: number;
  /** Natural logarithm of the odds against everything else together. */
  readonly margin: number;
  /** A few of the newest. */
  readonly latest: readonly Answer[];
};

type Named = { readonly evidence: Evidence };
/** What everything of the mains is relative to: a charge point taken as configured, or the transformers. */
type Relative = { readonly relativeTo: string | 'transformers' };

export type Proposal =
  | (Named & {
      readonly kind: 'conductor';
      readonly chargePoint: string;
      readonly conductor: Phase;
      readonly transformer: Phase;
    })
  | (Named &
      Relative & {
        readonly kind: 'rotation';
        readonly chargePoint: string;
        readonly rotation: Rotation;
        readonly configured: Rotation;
      })
  | (Named & Relative & { readonly kind: 'order'; readonly order: Rotation; readonly configured: Rotation })
  /** isConfigured: the configuration says that it is reversed. mayBeBattery: nothing may be turned round before a look. */
  | (Named & {
      readonly kind: 'direction';
      readonly transformer: Phase;
      readonly isReversed: boolean;
      readonly isConfigured: boolean;
      readonly mayBeBattery: boolean;
    })
  | (Named & { readonly kind: 'car'; readonly chargePoint: string; readonly phases: readonly Phase[] })
  /** What is configured as confirmed, or a rotation that is not cyclic, is not what is seen. Then nothing else is named. */
  | (Named & { readonly kind: 'contradiction'; readonly of: string | 'transformers' });
