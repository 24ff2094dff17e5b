// The lab at one moment, put together for the view and for the result of a scripted run.
import { type ProcessName } from './actions.js';
import { type Lab } from './lab.js';
import { type Truth } from './plant/messages.js';
import { NO_NEWS } from './site/site-watch.js';
import { OUTLETS, SITE, type OutletPlan } from './site/site-plan.js';
import { type ChargePointRow, type Snapshot } from './view/snapshot.js';

/** A slave reports each second; the master itself calls one unheard after 2.5 s. */
const HEARD_WITHIN_ms = 3000;
/** NO CURRENT: a charge point tries again so long after it came (quick manual 2.07). */
const RETRY_ms = 60_000;
/** Before the plant's first word. */
const UNTOLD: Pick<Truth['outlets'][number], 'draw_dA' | 'charge_permille' | 'lock' | 'indicator' | 'broken'> = {
  draw_dA: { L1: 0, L2: 0, L3: 0 },
  charge_permille: null,
  lock: 'none',
  indicator: 'off',
  broken: [],
};

export function snapshotOf(lab: Lab): Snapshot {
  const { truth, options } = lab;
  return {
    site: SITE,
    mode: options.mode,
    broker: brokerWords(lab),
    house: lab.house,
    elapsed_s: lab.elapsed_s,
    mains_dA: options.mains_A * 10,
    load: truth === null ? null : { house_dA: truth.house_dA, cars_dA: truth.cars_dA },
    chargePoints: OUTLETS.map((outlet) => rowOf(lab, outlet)),
    // The names are those of the children that the lab added itself.
    processes: (lab.site?.states() ?? []).map(({ name, state }) => ({ name: name as ProcessName | 'plant', state })),
    master: lab.watch?.status ?? null,
    events: lab.journal.rows,
  };
}

function rowOf(lab: Lab, { id, number, carWords }: OutletPlan): ChargePointRow {
  const { heardAt_ms, noCurrentAt_ms, ...news } = lab.watch?.slave(id) ?? NO_NEWS;
  const truth = lab.truth?.outlets.find((outlet) => outlet.id === id) ?? UNTOLD;
  const { draw_dA, charge_permille, lock, indicator, broken } = truth;
  return {
    ...news,
    number,
    id,
    unheard: unheardWords(heardAt_ms, lab),
    draw_dA,
    car: charge_permille === null ? '' : `${carWords}, ${(charge_permille / 10).toFixed(1)} %`,
    plugged: charge_permille !== null,
    lock,
    indicator,
    broken,
    retry_s: noCurrentAt_ms === null ? null : secondsLeft(noCurrentAt_ms),
  };
}

function secondsLeft(since_ms: number): number {
  return Math.max(0, Math.ceil((since_ms + RETRY_ms - performance.now()) / 1000));
}

function unheardWords(heardAt_ms: number | null, { watch }: Lab): string | null {
  if (heardAt_ms !== null && performance.now() - heardAt_ms < HEARD_WITHIN_ms) return null;
  return watch?.isConnected === true
    ? 'its share stays reserved until its last lease has surely ended'
    : 'the broker is away, so nobody is heard';
}

function brokerWords({ site, options }: Lab): string {
  const where = { embedded: 'aedes, in the master', mosquitto: 'mosquitto', external: 'not ours' };
  return `${site?.files.url ?? ''} (${where[options.broker.kind]})`;
}
