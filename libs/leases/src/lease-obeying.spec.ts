import { initialLease, observeOutputs, offerGrant, type LeaseState } from './lease.js';

const boot = 'b000000000000001';
const epoch = { count: 1, boot: 'a'.repeat(16) };
const charging = (offered_dA: number) => ({ offered_dA, confirmed: true, stopping: false, contactorOpen: false });
const stopping = { offered_dA: 0, confirmed: true, stopping: true, contactorOpen: false };
const open = { offered_dA: 0, confirmed: true, stopping: false, contactorOpen: true };

function take(state: LeaseState, n: number, limit_dA: number, at = 1_000): LeaseState {
  const grant = { from: 'master', epoch, n, echo: { boot, seq: n, t: at }, limit_dA, validFor_ms: 10_000 };
  return offerGrant(state, { ...grant, raise: true, because: ['fair-share'], retained: false }, at, {
    pairedMaster: null,
  }).state;
}
const start = initialLease(boot, 0);
const obeyed = (state: LeaseState) => (state.obeyed === null ? null : state.obeyed.n);

describe('the report carries the newest grant that the outputs obey', () => {
  test.each([
    ['the pilot at the limit', 60, charging(60), 1],
    ['the pilot under it', 60, charging(59), 1],
    ['the pilot above it (B5: frozen before it set the pilot)', 60, charging(61), null],
    ['the pilot at the limit, but the board has not shown it', 60, { ...charging(60), confirmed: false }, null],
    ['0 A: open, but the board is lost', 0, { ...open, confirmed: false }, null],
    ['nothing offered, contactor open', 60, open, 1],
    ['a soft stop that runs, though 7 A are granted again (B5)', 70, stopping, null],
    ['0 A: the contactor still closed', 0, charging(0), null],
    ['7 A: nothing offered, but the contactor still closed: a weld, or one that is slow', 70, charging(0), null],
    ['0 A: a soft stop that runs', 0, stopping, null],
    ['0 A: the contactor open', 0, open, 1],
    [
      '0 A: open, but the pilot still offers',
      0,
      { offered_dA: 60, confirmed: true, stopping: false, contactorOpen: true },
      null,
    ],
  ])('rule 1: %s', (_, limit_dA, outputs, n) => {
    expect(obeyed(observeOutputs(take(start, 1, limit_dA), outputs))).toBe(n);
  });

  test('rule 1: null only before the first', () => {
    expect(obeyed(observeOutputs(start, open))).toBeNull();
  });

  test('rule 1: what is not obeyed yet leaves the older one standing', () => {
    const sixteen = observeOutputs(take(start, 1, 160), charging(160));
    const cut = take(sixteen, 2, 60);
    expect(obeyed(observeOutputs(cut, charging(160)))).toBe(1);
    expect(obeyed(observeOutputs(cut, charging(60)))).toBe(2);
  });

  test('rule 1 B12: it stays after its end', () => {
    const ended = observeOutputs(take(start, 1, 160), charging(160));
    expect(observeOutputs(ended, open)).toBe(ended);
    expect(ended.obeyed).toEqual({ epoch, n: 1, limit_dA: 160, endsAt: 11_000 });
  });
});
