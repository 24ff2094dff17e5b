// The shipped master's node over a recording, at the pace of its own pump. It is asked each decision twice, from the
// same state: once with the settings of the recording, whose answer it goes on with, and once with the others. So what
// differs is due to the settings alone, and no answer that nobody obeyed piles up in a state.
import {
  initialMaster,
  stepMaster,
  type MasterConfig,
  type MasterInput,
  type MasterOutput,
  type MasterState,
} from '@fairamp/nodes';
import { parseTopic, type MessageOf, type Topic } from '@fairamp/protocol';
import { type Because, type Deciamps, type Milliseconds } from '@fairamp/units';
import { type Heard } from '../recording/line.js';
import { Before } from './before.js';
import { NOTHING_SENT, readRecorded, resealedReport, resealedSample, type Keys, type Sent } from './reseal.js';
import { lifeOf, type Life, type Survey } from './survey.js';

/** As the master's own pump ticks. */
export const TICK_ms: Milliseconds = 50;
/** The master was there before the recording; by then its silence was over, unless a sample says otherwise. */
const BEFORE_ms: Milliseconds = 60_000;

export type Granted = {
  readonly id: string;
  readonly limit_dA: Deciamps;
  readonly because: readonly Because[];
  readonly validFor_ms: Milliseconds;
};
/** One decision, asked twice. Who is missing was granted nothing. */
export type Asked = {
  readonly at: Milliseconds;
  readonly same: readonly Granted[];
  readonly other: readonly Granted[];
};

export type PlayerParts = {
  readonly survey: Survey;
  readonly keys: Keys;
  readonly onAsked: (asked: Asked) => void;
  /** Messages that no device of the site is proven to have sent. */
  readonly onUnproven: (topic: string) => void;
  readonly onProven: () => void;
};
/** As the recording has it now, and as it is asked about. */
export type Configs = { readonly same: MasterConfig; readonly other: MasterConfig };

export class Player {
  readonly before = new Before();
  readonly #parts: PlayerParts;
  #configs: Configs;
  #life: Life;
  #state: MasterState;
  #sent: Sent = NOTHING_SENT;

  constructor(configs: Configs, parts: PlayerParts) {
    const { survey } = parts;
    this.#parts = parts;
    this.#configs = configs;
    const { firstNamed, firstLease } = survey;
    this.#life = firstNamed === null ? (firstLease ?? lifeOf('0'.repeat(16), survey)) : lifeOf(firstNamed, survey);
    this.#state = initialMaster(this.#life, -BEFORE_ms, configs.same);
  }

  /** The recorded master was given other settings. */
  configure(configs: Configs): void {
    this.#configs = configs;
  }

  tick(at: Milliseconds): void {
    this.#step({ kind: 'tick', at });
  }

  hear(heard: Heard): void {
    const place = parseTopic(heard.topic);
    if (place === null || place.tree !== 'telemetry') return;
    const kind = `${place.role} ${place.leaf}`;
    if (kind === 'slave because') this.before.hearBecause(place.id, heard.payload);
    if (!heard.retain && (kind === 'slave report' || kind === 'bridge sample')) this.#hearMessage(place, heard);
  }

  #hearMessage({ site, id, leaf }: Topic, { t_ms, topic, payload }: Heard): void {
    const key = this.#parts.keys.keyOf(id);
    if (key === null) return;
    const seal = { site, key };
    const resealed =
      leaf === 'report'
        ? this.#reportAnew(readRecorded('report', payload, { ...this.#parts.keys, ...seal }), t_ms, seal)
        : this.#sampleAnew(readRecorded('sample', payload, { ...this.#parts.keys, ...seal }), t_ms, seal);
    if (resealed === null) return this.#parts.onUnproven(topic);
    this.#parts.onProven();
    this.#step({ kind: 'message', at: t_ms, topic, payload: resealed, retained: false });
  }

  #reportAnew(report: MessageOf['report'] | null, at: Milliseconds, seal: Seal): Uint8Array | null {
    if (report === null) return null;
    const epoch = report.lease?.epoch;
    // Nobody names a master where nothing is measured: there a newer epoch is a new life.
    const isNew = epoch !== undefined && this.#configs.same.mode === 'normal' && epoch.count > this.#life.count;
    if (isNew) this.#begin({ count: epoch.count, boot: epoch.boot }, at);
    this.#state = this.before.toldTo(this.#state, report, at);
    const { payload, sent } = resealedReport(report, this.#sent, this.#life.boot, seal);
    this.#sent = sent;
    return payload;
  }

  #sampleAnew(sample: MessageOf['sample'] | null, at: Milliseconds, seal: Seal): Uint8Array | null {
    if (sample === null) return null;
    const named = sample.master?.boot ?? this.#life.boot;
    const isMains = sample.from === this.#configs.same.bridge?.id;
    if (isMains && named !== this.#life.boot) this.#begin(lifeOf(named, this.#parts.survey), at);
    return resealedSample(sample, this.#sent, at, seal);
  }

  /** The recorded master was another from here on: it forgot all, and so does ours. */
  #begin(life: Life, at: Milliseconds): void {
    this.#life = life;
    this.#sent = NOTHING_SENT;
    this.before.forget();
    this.#state = initialMaster(life, at, this.#configs.same);
    this.#step({ kind: 'tick', at });
  }

  #step(input: MasterInput): void {
    const before = this.#state;
    const { same, other } = this.#configs;
    const stepped = stepMaster(before, input, same);
    this.#state = stepped.state;
    for (const output of stepped.outputs) this.#note(output, input.at);
    // A question repeats a limit; only what was decided anew is an answer.
    if (stepped.state.decidedAt === before.decidedAt) return;
    const asked = same === other ? stepped : stepMaster(before, input, other);
    this.#parts.onAsked({ at: input.at, same: grantsIn(stepped.outputs), other: grantsIn(asked.outputs) });
  }

  #note(output: MasterOutput, at: Milliseconds): void {
    if (output.kind !== 'publish' || output.says === undefined) return;
    const { says } = output;
    const { beacons, grants } = this.#sent;
    if (says.kind === 'beacon')
      this.#sent = { ...this.#sent, beacons: { ...beacons, [says.body.to]: { seq: says.body.seq, at } } };
    if (says.kind === 'grant') this.#sent = { ...this.#sent, grants: { ...grants, [says.body.to]: says.body.n } };
  }
}

type Seal = { readonly site: string; readonly key: Uint8Array };

function grantsIn(outputs: readonly MasterOutput[]): readonly Granted[] {
  return outputs.flatMap((output) => {
    if (output.kind !== 'publish' || output.says?.kind !== 'grant') return [];
    const { to, limit_dA, because, validFor_ms } = output.says.body;
    return [{ id: to, limit_dA, because, validFor_ms }];
  });
}
