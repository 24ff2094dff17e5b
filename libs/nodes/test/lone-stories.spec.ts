// A charge point that balances for itself: the same slave and master in one process, with and without a meter.
import { PLAIN } from '@fairamp/evse';
import { encodeMessage, sampleTopic } from '@fairamp/protocol';
import { perPhase } from '@fairamp/units';
import {
  PLAIN_POINT,
  PLAIN_SITE,
  initialLone,
  stepLone,
  type LoneConfig,
  type LoneInput,
  type LoneOutput,
  type LoneState,
} from '@fairamp/nodes';
import { key } from './small-site.js';

const BOOT = '00000000000000aa';
function configOf(mode: 'normal' | 'smart', mains_dA: number): LoneConfig {
  const bridge = mode === 'smart' ? { id: 'meter', key: key(9) } : null;
  const evse = {
    connector: 'socket' as const,
    max_dA: 160,
    cable_dA: 320,
    proximity: 'manual' as const,
    contactorFeedback: true,
    ...PLAIN,
  };
  return {
    slave: {
      site: 'home',
      id: 'left',
      key: key(1),
      pairedMaster: 'left',
      failSafe: 'process',
      wired: ['L1', 'L2', 'L3'],
      evse,
    },
    master: {
      site: 'home',
      id: 'left',
      mode,
      mains_dA,
      min_dA: 60,
      mainsPhases: ['L1', 'L2', 'L3'],
      bridge,
      roster: [{ ...PLAIN_POINT, id: 'left', key: key(1), maximum_dA: 160, failSafe: 'process', fallback_dA: 0 }],
      oldestSample_ms: 10_000,
      ...PLAIN_SITE,
    },
  };
}

/** A car in state C as soon as PWM shows; it draws what it may after 2 s. The house draws 10 A. */
class Lone {
  state: LoneState;
  at = 0;
  duty_permille = 0;
  closed = false;
  draw_dA = 0;
  metered = true;
  readonly outputs: LoneOutput[] = [];
  #beacon = 0;
  #dutySince = 0;

  constructor(readonly config: LoneConfig) {
    this.state = initialLone({ boot: BOOT, at: 0 }, config);
  }

  run(duration: number): void {
    const end = this.at + duration;
    while (this.at < end) {
      this.at += 50;
      this.#step({ kind: 'tick', at: this.at });
      const high_mV = this.duty_permille > 0 ? 6_000 : 9_000;
      this.#board({ kind: 'pilot-sampled', at: this.at, high_mV, low_mV: this.duty_permille > 0 ? -12_000 : null });
      if (this.at % 500 === 0) this.#slowSensors();
      if (this.at % 1_800 === 0 && this.metered) this.#sample();
    }
  }

  #slowSensors(): void {
    const follows = this.at - this.#dutySince > 2_000;
    if (!this.closed) this.draw_dA = 0;
    else if (follows) this.draw_dA = Math.floor((this.duty_permille * 6) / 10);
    this.#board({ kind: 'proximity-sampled', at: this.at, ohm: 220 });
    this.#board({ kind: 'contactor-confirmed', at: this.at, closed: this.closed });
    this.#board({ kind: 'draw-metered', at: this.at, draw_dA: perPhase(() => this.draw_dA) });
  }

  #board(event: Extract<LoneInput, { kind: 'board' }>['event']): void {
    this.#step({ kind: 'board', event });
  }

  #sample(): void {
    const names = { master: { boot: BOOT, for_ms: this.at }, echo: { boot: BOOT, seq: this.#beacon, since_ms: 0 } };
    const body = {
      from: 'meter',
      boot: BOOT,
      seq: this.at,
      t: this.at,
      age_ms: 200,
      current_dA: perPhase(() => 100 + this.draw_dA),
      signed: false,
      ...names,
    };
    const payload = encodeMessage('sample', body, { site: 'home', key: key(9) });
    this.#step({ kind: 'message', at: this.at, topic: sampleTopic('home', 'meter'), payload, retained: false });
  }

  #step(input: LoneInput): void {
    const stepped = stepLone(this.state, input, this.config);
    this.state = stepped.state;
    for (const output of stepped.outputs) this.#run(output);
  }

  #run(output: LoneOutput): void {
    this.outputs.push(output);
    if (output.kind === 'publish' && output.topic.endsWith('/beacon')) {
      this.#beacon = (JSON.parse(new TextDecoder().decode(output.payload)) as { seq: number }).seq;
    }
    if (output.kind !== 'board') return;
    const { command } = output;
    if (command.kind === 'open-contactor') this.closed = false;
    if (command.kind === 'close-contactor') this.closed = true;
    if (command.kind !== 'set-pilot') return;
    this.duty_permille = command.pilot.kind === 'pwm' ? command.pilot.duty_permille : 0;
    this.#dutySince = this.at;
  }
}

describe('a lone charge point', () => {
  test('in Normal mode MAX alone counts, and no broker is needed', () => {
    const lone = new Lone(configOf('normal', 160));
    lone.run(16_900);
    expect(lone.duty_permille).toBe(0);
    lone.run(20_000);
    expect([lone.closed, lone.draw_dA]).toEqual([true, 159]);
  });

  test('in Smart mode it shares MAINS with the house', () => {
    const lone = new Lone(configOf('smart', 200));
    lone.run(60_000);
    expect(lone.closed).toBe(true);
    expect(lone.draw_dA).toBeGreaterThan(90);
    expect(lone.draw_dA).toBeLessThanOrEqual(100);
  });

  test('I6: in Smart mode without its meter it offers nothing, and says why', () => {
    const lone = new Lone(configOf('smart', 200));
    lone.run(60_000);
    lone.metered = false;
    lone.run(17_500);
    expect([lone.closed, lone.duty_permille]).toEqual([false, 0]);
    const faults = lone.outputs
      .filter((output) => output.kind === 'publish' && output.topic.endsWith('/left/faults'))
      .at(-1);
    expect(faults?.kind === 'publish' ? new TextDecoder().decode(faults.payload) : '').toBe('no-serial-com');
    lone.metered = true;
    lone.run(40_000);
    expect(lone.closed).toBe(true);
  });

  test('its grants stay in the process; its beacons and reports do not', () => {
    const lone = new Lone(configOf('smart', 200));
    lone.run(30_000);
    const topics = new Set(lone.outputs.flatMap((output) => (output.kind === 'publish' ? [output.topic] : [])));
    expect([...topics].filter((topic) => topic.endsWith('/grant'))).toEqual([]);
    expect([...topics]).toEqual(
      expect.arrayContaining(['fairamp/home/control/bridge/meter/beacon', 'fairamp/home/telemetry/slave/left/report']),
    );
  });
});
