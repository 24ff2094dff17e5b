// The load of the nodes' benchmark: a site of four charge points, one master and one bridge, seeded cars that come,
// charge and leave, and a restless house. It is played once, in steps of 10 ms, and every input that a node got is
// kept. The digest is of all outputs in their order.
import { createHash } from 'node:crypto';

const PHASES = ['L1', 'L2', 'L3'];
const site = 'home';
const keyOf = (seed) => new Uint8Array(32).fill(seed);
const bootOf = (count) => count.toString(16).padStart(16, '0');
const roster = [1, 2, 3, 4].map((n) => {
  return { id: `garage-${n}`, key: keyOf(n), maximum_dA: 320, failSafe: 'heartbeat', fallback_dA: 0 };
});
const bridge = { site, id: 'meter', key: keyOf(9), ical: 3 };
const master = {
  site,
  id: 'cellar',
  mode: 'smart',
  mains_dA: 400,
  min_dA: 60,
  mainsPhases: PHASES,
  oldestSample_ms: 10_000,
  bridge,
  roster,
};
const evse = { connector: 'socket', max_dA: 320, cable_dA: 320, proximity: 'manual', contactorFeedback: true };
const slaveOf = ({ id, key, failSafe }, plain) => {
  return { site, id, key, failSafe, evse: { ...plain, ...evse }, pairedMaster: null, wired: PHASES };
};
/** More together than the mains can carry; one of them on one phase, one that takes little. */
const CARS = [
  { maximum_dA: 320, phases: PHASES },
  { maximum_dA: 160, phases: ['L2'] },
  { maximum_dA: 320, phases: PHASES },
  { maximum_dA: 100, phases: PHASES },
];

/** By name, each with its state at the start and its step. */
export function freshNodes(fairamp) {
  const { initialMaster, stepMaster, initialBridge, stepBridge, initialSlave, stepSlave } = fairamp;
  const { PLAIN, PLAIN_SITE, PLAIN_POINT } = fairamp;
  const points = roster.map((entry) => ({ ...PLAIN_POINT, ...entry }));
  const config = { ...PLAIN_SITE, ...master, generation: 'none', roster: points };
  const slaves = roster.map((entry, index) => {
    return [entry.id, { state: initialSlave(bootOf(3 + index), 0), step: stepSlave, config: slaveOf(entry, PLAIN) }];
  });
  return {
    master: { state: initialMaster({ count: 1, boot: bootOf(1) }, 0, config), step: stepMaster, config },
    bridge: { state: initialBridge(bootOf(2), 0), step: stepBridge, config: bridge },
    ...Object.fromEntries(slaves),
  };
}

/** mulberry32: whole numbers below a bound. */
function seeded(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export class Site {
  at = 0;
  inputs = [];
  #fairamp;
  #nodes;
  #chance = seeded(7);
  #digest = createHash('sha256');
  #flying = [];
  #house = { L1: 60, L2: 40, L3: 30 };
  #cars = Object.fromEntries(
    roster.map(({ id }, index) => {
      const outputs = { duty_dA: 0, dutySince: 0, closed: false, burst: 0 };
      return [id, { ...CARS[index], ...outputs, plugged: false, draw_dA: 0, changesAt: 5_000 + 20_000 * index }];
    }),
  );

  constructor(fairamp) {
    this.#fairamp = fairamp;
    this.#nodes = freshNodes(fairamp);
  }

  /** @returns what tells two runs apart whose nodes behave differently */
  play(seconds) {
    while (this.at < seconds * 1_000) {
      this.at += 10;
      this.#deliver();
      for (const [id, car] of Object.entries(this.#cars)) this.#live(id, car);
      if (this.at % 1_800 === 0) this.#meterMains();
      if (this.at % 100 === 0) this.#give('bridge', { kind: 'tick', at: this.at });
      if (this.at % 100 === 50) this.#give('master', { kind: 'tick', at: this.at });
    }
    return this.#digest.digest('hex').slice(0, 16);
  }

  #give(name, input) {
    this.inputs.push({ name, input });
    const node = this.#nodes[name];
    const { state, outputs } = node.step(node.state, input, node.config);
    node.state = state;
    for (const output of outputs) this.#run(name, output);
  }

  #run(name, output) {
    const { payload, ...told } = output;
    this.#digest.update(`${name} ${JSON.stringify(told)}\n`).update(payload ?? '');
    if (output.kind === 'publish') this.#flying.push({ due: this.at + 10 + 10 * this.#chance(3), output });
    if (output.kind === 'board') this.#obey(name, output.command);
  }

  #deliver() {
    const due = this.#flying.filter((one) => one.due <= this.at);
    this.#flying = this.#flying.filter((one) => one.due > this.at);
    for (const { topic, payload } of due.map(({ output }) => output)) {
      const message = { kind: 'message', at: this.at, topic, payload, retained: false };
      if (topic.endsWith('/beacon')) this.#give('bridge', message);
      if (topic.endsWith('/grant')) this.#give(topic.split('/')[4], message);
      if (/\/(report|sample)$/.test(topic)) this.#give('master', message);
    }
  }

  #board(id, event) {
    this.#give(id, { kind: 'board', event: { ...event, at: this.at } });
  }

  /** A board samples its pilot three times after each change. */
  #obey(id, command) {
    if (!['set-pilot', 'close-contactor', 'open-contactor'].includes(command.kind)) return;
    const car = this.#cars[id];
    car.burst = 3;
    if (command.kind === 'set-pilot') {
      car.duty_dA = command.pilot.kind === 'pwm' ? Math.floor((command.pilot.duty_permille * 6) / 10) : 0;
      car.dutySince = this.at;
      return;
    }
    car.closed = command.kind === 'close-contactor';
    this.#board(id, { kind: 'contactor-confirmed', closed: car.closed });
  }

  #live(id, car) {
    if (this.at >= car.changesAt) this.#comeOrGo(id, car);
    const wobble_dA = this.#chance(3);
    if (!car.closed || !car.plugged) car.draw_dA = 0;
    else if (this.at - car.dutySince >= 2_000)
      car.draw_dA = Math.max(0, Math.min(car.duty_dA, car.maximum_dA) - wobble_dA);
    if (this.at % 250 === 0 || car.burst > 0) this.#samplePilot(id, car);
    if (this.at % 1_000 !== 0) return;
    this.#board(id, { kind: 'draw-metered', draw_dA: this.#drawOf(car) });
    this.#give(id, { kind: 'tick', at: this.at });
  }

  #comeOrGo(id, car) {
    car.plugged = !car.plugged;
    car.changesAt = this.at + (car.plugged ? 240_000 + this.#chance(120_000) : 20_000 + this.#chance(20_000));
    car.burst = 3;
    this.#board(id, { kind: 'proximity-sampled', ohm: car.plugged ? 220 : null });
  }

  #samplePilot(id, car) {
    car.burst = Math.max(0, car.burst - 1);
    const connected_mV = car.duty_dA > 0 || car.draw_dA > 0 ? 6_000 : 9_000;
    const high_mV = car.plugged ? connected_mV : 12_000;
    this.#board(id, { kind: 'pilot-sampled', high_mV, low_mV: car.duty_dA > 0 ? -12_000 : null });
  }

  #drawOf({ phases, draw_dA }) {
    return Object.fromEntries(PHASES.map((phase) => [phase, phases.includes(phase) ? draw_dA : 0]));
  }

  #meterMains() {
    const counts = PHASES.map((phase) => {
      this.#house[phase] = Math.min(200, Math.max(5, this.#house[phase] + this.#chance(11) - 5));
      const draws = Object.values(this.#cars).map((car) => this.#drawOf(car)[phase]);
      return Math.round(draws.reduce((sum, draw) => sum + draw, this.#house[phase]) / 3);
    });
    const { encodeHdlc, encodeSensorboxFrame } = this.#fairamp;
    this.#give('bridge', { kind: 'wire', at: this.at, bytes: encodeHdlc(encodeSensorboxFrame(counts)) });
  }
}
