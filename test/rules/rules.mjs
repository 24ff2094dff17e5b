// The rules of leases and of the charge point, each taken out of the shipped source by an edit of its text, so that
// nothing that ships holds a switch. `hunt.mjs` builds the simulator with one of them missing and looks for a seed at
// which a checker says so: a simulator that finds nothing then is not looking hard enough. Each edit must fit exactly
// once.

const LEASE = 'libs/leases/src/lease.ts';
const BOOK = 'libs/leases/src/book.ts';
const TIMING = 'libs/leases/src/timing.ts';
const FRESHNESS = 'libs/leases/src/freshness.ts';
const NAMING = 'libs/leases/src/naming.ts';
const REPORT = 'libs/nodes/src/master/hear-report.ts';
const GUARDS = 'libs/evse/src/guards.ts';
const SESSION = 'libs/evse/src/session.ts';
const WATCHES = 'libs/evse/src/watches.ts';
const RESIDUAL = 'libs/evse/src/residual.ts';
const FAULTS = 'libs/evse/src/faults.ts';

export const RULES = [
  {
    id: 'no-lease',
    without: 'the lease: a limit holds until the next grant',
    edits: [
      {
        file: LEASE,
        from: 'state.accepted === null || at >= state.endsAt) return 0',
        to: 'state.accepted === null) return 0',
      },
      { file: LEASE, from: 'return at >= state.endsAt;', to: 'return false;' },
    ],
    scenarios: ['dead-master', 'everything'],
  },
  {
    id: 'from-arrival',
    without: 'timing from the echo: a lease runs from the arrival of its grant',
    edits: [
      {
        file: LEASE,
        from: 'const endsAt = grant.echo.t + grant.validFor_ms;',
        to: 'const endsAt = at + grant.validFor_ms;',
      },
      { file: LEASE, from: "if (!(at < grant.echo.t + grant.validFor_ms)) return 'expired';", to: '' },
    ],
    scenarios: ['delayed-grants', 'everything'],
  },
  {
    id: 'retained-adopted',
    without: 'the refusal of retained reports',
    edits: [{ file: REPORT, from: 'if (input.retained) return { state, outputs: [] };', to: '' }],
    scenarios: ['stale-retained'],
  },
  {
    id: 'release-early',
    without: 'the release after 17 s: a promise is freed 15.5 s after the report that it answers',
    edits: [
      {
        file: BOOK,
        from: 'until: receivedAt + releaseAfter(grant.validFor_ms)',
        to: 'until: receivedAt + grant.validFor_ms + 5_500',
      },
      { file: BOOK, from: 'at + releaseAfter(LONGEST_LEASE_ms)', to: 'at + LONGEST_LEASE_ms + 5_500' },
    ],
    scenarios: ['clock-error-normal'],
  },
  {
    id: 'B1',
    without: 'for_ms: the silence counts from the first sample that names this master',
    edits: [
      {
        file: FRESHNESS,
        from: 'return { state: { ...state, newest: verdict.value, waitingSince: at }, verdict };',
        to: 'return { state: { ...state, newest: verdict.value, waitingSince: at, first: state.first ?? at }, verdict };',
      },
      { file: FRESHNESS, from: 'namedFor_ms: master.for_ms }', to: 'namedFor_ms: at - (state.first ?? at) }' },
    ],
    scenarios: ['two-masters', 'everything'],
  },
  {
    id: 'B2',
    without: 'the 5 s of a sample for a raise',
    edits: [
      {
        file: TIMING,
        from: 'OLDEST_SAMPLE_FOR_RAISE_ms: Milliseconds = 5_000',
        to: 'OLDEST_SAMPLE_FOR_RAISE_ms: Milliseconds = 10_000',
      },
    ],
    scenarios: ['two-masters', 'silent-meter', 'everything'],
  },
  {
    id: 'B3',
    without: 'the longer silence of a slow meter',
    edits: [
      { file: TIMING, from: 'const needed = releaseAfter(oldestSample)', to: 'const needed = releaseAfter(10_000)' },
    ],
    scenarios: ['slow-meter'],
  },
  {
    id: 'B4',
    without: 'the order of (epoch, n): whatever report comes last voids everything before it',
    edits: [
      { file: BOOK, from: 'if (known !== null && compareGrants(lease, known) < 0) return withFallback;', to: '' },
      {
        file: BOOK,
        from: 'const later = page.later.filter((promised) => compareGrants(promised, lease) > 0);',
        to: 'const later = [];',
      },
      {
        file: 'libs/nodes/src/master/lives.ts',
        from: 'if (known !== undefined && report.seq <= known.seq) return null;',
        to: '',
      },
    ],
    scenarios: ['delayed-grants', 'everything'],
  },
  {
    id: 'B5',
    without: 'acknowledging only what the outputs obey: a grant is acknowledged when it is accepted',
    edits: [
      {
        file: LEASE,
        from: 'accepted === state.obeyed || outputs.stopping || !outputs.confirmed) return state;',
        to: 'accepted === state.obeyed) return state;',
      },
      {
        file: LEASE,
        from: 'return obeys ? { ...state, obeyed: accepted } : state;',
        to: 'return { ...state, obeyed: accepted };',
      },
    ],
    scenarios: ['house-above-fuse', 'everything', 'healthy'],
  },
  {
    id: 'B6',
    without: 'the challenge: a draw counts from any report',
    edits: [
      {
        file: 'libs/nodes/src/master/answers.ts',
        from: 'answer.low_dA === null && answers(report, record, { answer, us })',
        to: 'answer.low_dA === null',
      },
      {
        file: 'libs/nodes/src/master/answers.ts',
        from: 'low_dA: report.drawLow_dA }',
        to: 'low_dA: report.draw_dA }',
      },
    ],
    scenarios: ['delayed-grants', 'healthy'],
  },
  {
    id: 'B7',
    without:
      'who is not heard is not cut: a cut given to a silent slave counts, and a question renews on the newest sample',
    edits: [
      {
        file: 'libs/balancing/src/decide.ts',
        from: 'const renew = point.heard || (plan.paths[number] ?? []).every((branch) => at(over_dA, branch) <= 0);',
        to: 'const renew = true;',
      },
      { file: 'libs/balancing/src/reduce.ts', from: 'if (!point.heard) return null;', to: '' },
      { file: 'libs/nodes/src/master/rounds.ts', from: 'spared: true, seated', to: 'spared: false, seated' },
    ],
    scenarios: ['cut-after-step'],
  },
  {
    id: 'B8',
    without: 'nothing held after the end: a renewal revives an ended limit',
    edits: [
      { file: LEASE, from: 'const held = heldLimit(state, at);', to: 'const held = state.accepted?.limit_dA ?? 0;' },
    ],
    scenarios: ['partition', 'dead-master', 'everything'],
  },
  {
    id: 'B9',
    without: 'raise: every grant says that it passed the whole check',
    edits: [
      {
        file: 'libs/nodes/src/master/grants.ts',
        from: '    validFor_ms,\n    raise,\n',
        to: '    validFor_ms,\n    raise: true,\n',
      },
    ],
    scenarios: ['dead-master', 'lost-messages', 'everything'],
  },
  {
    id: 'B10',
    without: 'the maximum of a latched board that has not acknowledged this epoch',
    edits: [
      {
        file: BOOK,
        from: "const isUnknown = device.failSafe === 'none' && !page.knowsUs;",
        to: 'const isUnknown = false;',
      },
    ],
    scenarios: ['latched-boards'],
  },
  {
    id: 'B11',
    without: 'the pairing in Normal mode',
    edits: [
      {
        file: LEASE,
        from: "if (config.pairedMaster !== null && grant.from !== config.pairedMaster) return 'other-master';",
        to: '',
      },
    ],
    scenarios: ['second-master-normal'],
  },
  {
    id: 'B12',
    without: 'beginning again above a higher epoch',
    edits: [
      {
        file: REPORT,
        from: 'if (report.lease !== null && compareEpochs(report.lease.epoch, state.epoch) > 0)',
        to: 'if (false as boolean)',
      },
    ],
    scenarios: ['dead-master', 'two-masters', 'normal-mode'],
  },
  {
    id: 'B13',
    without: 'the age of what waited in a buffer',
    edits: [
      {
        file: 'libs/nodes/src/bridge/bridge-node.ts',
        from: 'const measuredAt = state.emptiness.emptyAt;',
        to: 'const measuredAt = at;',
      },
    ],
    scenarios: ['frozen-process'],
  },
  {
    id: 'B16',
    without: 'the order of beacons: a repeated old one counts',
    edits: [
      {
        file: NAMING,
        from: 'if (known !== undefined && beacon.seq <= known.seq) return { state, renamed: false };',
        to: '',
      },
    ],
    scenarios: ['bad-hours', 'everything'],
  },
  {
    id: 'vouching',
    without: 'the silence towards the board in the last part of a soft stop: each sample gives a heartbeat',
    edits: [
      {
        file: 'libs/evse/src/dead-man.ts',
        from: 'return stopBy === null || failSafe_ms === null || at <= stopBy + CONTACTOR_TRAVEL_ms - failSafe_ms;',
        to: 'return stopBy === null || failSafe_ms === null || at <= stopBy + CONTACTOR_TRAVEL_ms + failSafe_ms;',
      },
    ],
    scenarios: ['dead-while-stopping', 'clock-error'],
  },
  {
    id: 'lock-confirmed',
    without: 'the lock, seen to be locked before the contactor closes and while it is closed',
    edits: [
      { file: GUARDS, from: '({ lock, at }, config) => isLocked(lock, at, config)', to: '() => true' },
      { file: GUARDS, from: '!isLocked(state.lock, state.at, config)', to: '!isLocked && true' },
    ],
    scenarios: ['board-faults'],
  },
  {
    id: 'unlock-open-only',
    without: 'unlocking only what is known to be open',
    edits: [
      {
        file: SESSION,
        from: 'const mayUnlock = isOpen(state.contactor, state.at, config);',
        to: 'const mayUnlock = true;',
      },
    ],
    scenarios: ['board-faults'],
  },
  {
    id: 'over-current',
    without: 'the watch on a car that draws more than its grant',
    edits: [
      {
        file: WATCHES,
        from: 'before.overCurrent || (over !== null && moment.at - over.since >= OVER_CURRENT_ms)',
        to: 'before.overCurrent',
      },
    ],
    scenarios: ['board-faults'],
  },
  {
    id: 'residual-latch',
    without: "the residual current's latch: it is over when the input is low again",
    edits: [
      {
        file: RESIDUAL,
        from: 'return tripped ? { ...heard, latched: true } : heard;',
        to: 'return { ...heard, latched: tripped };',
      },
    ],
    scenarios: ['board-faults'],
  },
  {
    id: 'residual-at-once',
    without: 'opening at once by a residual current: it ends in a soft stop',
    edits: [{ file: FAULTS, from: "= ['no-serial-com',", to: "= ['residual-current', 'no-serial-com'," }],
    scenarios: ['board-faults'],
  },
  {
    id: 'weld-latched',
    without: "a weld's latch: it is forgotten when its car has gone",
    edits: [
      {
        file: 'libs/evse/src/contactor.ts',
        from: "fault: contactor.wanted === 'open' ? 'welded' : 'stuck' };",
        to: "fault: 'stuck' };",
      },
    ],
    scenarios: ['board-faults', 'welded-contactor'],
  },
  {
    id: 'hot-at-65',
    without: 'the end at 65 degrees: it is at 75',
    edits: [{ file: WATCHES, from: 'const HOT_celsius = 65;', to: 'const HOT_celsius = 75;' }],
    scenarios: ['board-faults'],
  },
  {
    id: 'diode',
    without: 'the watch on the diode while it charges',
    edits: [{ file: FAULTS, from: "diode: (state) => state.pilot.diode === 'faulty',", to: 'diode: () => false,' }],
    scenarios: ['board-faults'],
  },
  {
    id: 'unseen-pilot',
    without: 'the second after which a pilot that nobody sees opens',
    edits: [{ file: FAULTS, from: 'unsampled_ms >= UNSAMPLED_ms', to: 'unsampled_ms >= 1000 * UNSAMPLED_ms' }],
    scenarios: ['board-faults'],
  },
  {
    id: 'plug-lost',
    without: 'opening when the plug has lost its contact',
    edits: [
      { file: GUARDS, from: " || capacityOf(state, config) === 0) return 'car-left';", to: ") return 'car-left';" },
    ],
    scenarios: ['board-faults'],
  },
  {
    id: 'supply-failing',
    without: 'opening before the supply is gone',
    edits: [{ file: GUARDS, from: "if (state.supplyFailing) return 'supply-failing';", to: '' }],
    scenarios: ['board-faults'],
  },
];
