import { PLAIN, type BoardEvent } from '@fairamp/evse';
import { perPhase } from '@fairamp/units';
import { encodeMessage, grantTopic } from '@fairamp/protocol';
import { initialJournal, keepJournal, type JournalEntry } from './journal.js';
import { initialSlave, stepSlave, type SlaveConfig, type SlaveInput } from './slave-node.js';

const BOOT = '0000000000000001';
const config: SlaveConfig = {
  site: 'home',
  id: 'left',
  key: new Uint8Array(32).fill(1),
  pairedMaster: null,
  failSafe: 'process',
  wired: ['L1', 'L2', 'L3'],
  evse: { connector: 'socket', max_dA: 160, cable_dA: 320, proximity: 'manual', contactorFeedback: false, ...PLAIN },
};

/** A charge point that is played second by second, and what its journal says. */
function charged() {
  let state = initialSlave(BOOT, 0);
  let journal = initialJournal(0);
  const entries: JournalEntry[] = [];
  let at = 0;
  let pilot_mV = 12_000;
  let draw_dA: number | null = 0;
  let n = 0;
  const step = (input: SlaveInput): void => {
    state = stepSlave(state, input, config).state;
    const kept = keepJournal(journal, state, config);
    journal = kept.journal;
    entries.push(...kept.entries);
  };
  const board = (event: BoardEvent): void => step({ kind: 'board', event });
  const grant = (): void => {
    n += 1;
    const body = {
      from: 'main',
      to: 'left',
      epoch: { count: 1, boot: '00000000000000aa' },
      n,
      echo: { boot: BOOT, seq: 1, t: at },
      limit_dA: 100,
      validFor_ms: 9000,
      raise: true,
      because: ['fair-share' as const],
    };
    const payload = encodeMessage('grant', body, config);
    step({ kind: 'message', at, topic: grantTopic('home', 'left'), payload, retained: false });
  };
  const pass = (ms: number, beat_ms = 250): void => {
    for (const end = at + ms; at < end;) {
      at += beat_ms;
      const isPwm = state.evse.offer.kind === 'pwm';
      board({ kind: 'proximity-sampled', at, ohm: 220 });
      if (draw_dA !== null) board({ kind: 'draw-metered', at, draw_dA: perPhase(() => draw_dA ?? 0) });
      grant();
      board({ kind: 'pilot-sampled', at, high_mV: pilot_mV, low_mV: isPwm ? -12_000 : null });
    }
  };
  return {
    pass,
    entries: () => entries.splice(0),
    show: (mV: number) => (pilot_mV = mV),
    draw: (dA: number | null) => (draw_dA = dA),
    board,
    now: () => at,
  };
}

/** A car that has begun to charge; its entries are told already. */
function charging() {
  const point = charged();
  point.pass(11_000);
  point.show(9000);
  point.pass(5000);
  point.show(6000);
  point.pass(1000);
  return point;
}

describe('the journal of a charge point', () => {
  test('a session from the first to the last', () => {
    const point = charging();
    expect(point.entries()).toEqual([{ kind: 'car-came' }, { kind: 'charging-began', limit_dA: 100 }]);
    point.draw(100);
    point.pass(360_000);
    point.draw(0);
    point.show(9000);
    point.pass(1000);
    point.show(12_000);
    point.pass(1000);
    // 10 A on three phases for 360 s are 3,000 mAh.
    const [ended, left] = point.entries();
    expect(ended).toMatchObject({ kind: 'charging-ended' });
    expect(left).toMatchObject({ kind: 'car-left' });
    expect(Math.abs((ended as { charged_mAh: number }).charged_mAh - 3000)).toBeLessThan(10);
    expect(Math.abs((left as { charged_s: number }).charged_s - 361)).toBeLessThan(3);
  });

  test('each quarter of an hour of charging is told, and none that is not', () => {
    const point = charging();
    point.entries();
    point.pass(1_900_000, 500);
    expect(point.entries().map(({ kind }) => kind)).toEqual(['charging', 'charging']);
    point.show(12_000);
    point.pass(1000);
    point.entries();
    point.pass(1_900_000, 500);
    expect(point.entries()).toEqual([]);
  });

  test('the next car begins at nothing', () => {
    const point = charging();
    point.draw(100);
    point.pass(60_000);
    point.draw(0);
    point.show(12_000);
    point.pass(12_000);
    point.show(9000);
    point.pass(5000);
    point.show(6000);
    point.pass(1000);
    point.entries();
    point.show(12_000);
    point.pass(1000);
    const left = point.entries().find(({ kind }) => kind === 'car-left');
    expect(left).toMatchObject({ charged_mAh: 0 });
  });

  test('what was not metered for a while is not known, not less', () => {
    const point = charging();
    point.draw(100);
    point.pass(60_000);
    point.draw(null);
    point.pass(60_000);
    point.show(12_000);
    point.pass(1000);
    expect(point.entries().at(-1)).toMatchObject({ kind: 'car-left', charged_mAh: null });
  });

  test('a board that is lost has no car in it', () => {
    const point = charged();
    point.board({ kind: 'board-changed', at: 0, lost: true });
    point.pass(1000);
    point.board({ kind: 'board-changed', at: point.now(), lost: false });
    point.pass(2000);
    expect(point.entries().filter(({ kind }) => kind.startsWith('car'))).toEqual([]);
  });

  test('each fault is told when it comes and when it goes, and a car that it hides is still there', () => {
    const point = charging();
    point.entries();
    point.board({ kind: 'board-changed', at: point.now(), lost: true });
    point.pass(100);
    const raised = point.entries();
    expect(raised.map(({ kind }) => kind)).toEqual(['fault-raised', 'charging-ended']);
    expect(raised[0]).toMatchObject({ fault: 'board-lost' });
    point.board({ kind: 'board-changed', at: point.now(), lost: false });
    point.pass(2000);
    expect(point.entries().map(({ kind }) => kind)).toContain('fault-cleared');
  });
});
