import { encodeMessage, type MessageOf, type Unsigned } from '@fairamp/protocol';
import { lengthOf, paint } from '@fairamp/terminal';
import { statusJson } from './json.js';
import { statusLine, statusLines } from './lines.js';
import { isSettled, lookAt, type Look } from './look.js';
import { hear, initialSite, type SiteState } from './site-state.js';

const seal = { site: 'home', key: new Uint8Array(32) };
const [BOOT, MASTER] = ['00000000000000aa', '00000000000000bb'];

function report(from: string, over: Partial<MessageOf['report']> = {}): Uint8Array {
  const body: Unsigned<'report'> = {
    from,
    boot: BOOT,
    seq: 1,
    t: 1000,
    session: 'charging',
    pilot: 'C',
    contactor: 'closed',
    lease: { epoch: { count: 1, boot: MASTER }, n: 3, limit_dA: 160, endsAt_t: 9000 },
    fallback: null,
    draw_dA: { L1: 158, L2: 0, L3: 0 },
    drawLow_dA: null,
    demand_dA: 320,
    demandBecause: 'setting-max',
    phases: ['L1'],
    faults: [],
    failSafe: 'process',
    ...over,
  };
  return encodeMessage('report', body, seal);
}

function sample(since_ms = 400): Uint8Array {
  return encodeSample('meter', since_ms);
}

function encodeSample(from: string, since_ms = 400): Uint8Array {
  const echo = { boot: MASTER, seq: 9, since_ms };
  const named = { boot: MASTER, for_ms: 90_000 };
  const current_dA = { L1: 200, L2: 40, L3: 40 };
  const body = { from, boot: BOOT, seq: 1, t: 1, age_ms: 300, current_dA, signed: false, master: named, echo };
  return encodeMessage('sample', body, seal);
}

type Said = readonly [leaf: string, payload: string | Uint8Array, retain?: boolean];

function heardAt(state: SiteState, at: number, said: readonly Said[]): SiteState {
  return said.reduce((before, [leaf, payload, retain = false]) => {
    const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
    return hear(before, { topic: `fairamp/home/telemetry/${leaf}`, payload: bytes, retain }, at);
  }, state);
}

/** What a broker remembers of a site that may be long gone. */
const REMEMBERED: readonly Said[] = [
  ['master/main/availability', 'online', true],
  ['master/main/mode', 'smart', true],
  ['master/main/limit_A', '25.0', true],
  ['master/main/status', '1 charging, 0 waiting, 0 not heard, of 1', true],
  ['master/main/alarms', 'none', true],
  ['bridge/meter/availability', 'online', true],
  ['bridge/meter/mains_A', 'L1 20.0  L2 4.0  L3 4.0', true],
  ['slave/garage/availability', 'online', true],
  ['slave/garage/report', report('garage'), true],
  ['slave/garage/limit_A', '16.0', true],
  ['slave/garage/because', 'mains-L1, circuit-shed-L2', true],
];
const remembered = heardAt(initialSite('home'), 0, REMEMBERED);
const alive = heardAt(remembered, 500, [
  ['slave/garage/report', report('garage')],
  ['bridge/meter/sample', sample()],
]);

const textOf = (look: Look, columns = 80): string =>
  statusLines(look, columns, '')
    .map((line) => paint(line, false))
    .join('\n');

describe('a site that lives', () => {
  const look = lookAt(alive, 1000);

  test('shows what each charge point does, may draw, and why', () => {
    expect(isSettled(look)).toBe(true);
    const text = textOf(look);
    for (const words of ['garage', 'charging', '16.0 A', '15.8', 'MAINS 25 A', '32.0 A on L1', '1 charging'])
      expect(text).toContain(words);
    expect(text).toContain('because mains L1 is full; circuit shed, L2 is full');
    expect(text).not.toContain('before:');
  });

  test('a reason is shown to its end, also where the window is narrow', () => {
    const lines = textOf(look, 40).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['     because mains L1 is full; circuit', '       shed, L2 is full']),
    );
    expect(lines).toContainEqual(expect.stringMatching(/^ NAME .*…$/));
    expect(lines.filter((line) => /^ L[123] /.test(line))).toHaveLength(3);
  });

  test('parts the mains into house and cars', () => {
    expect(look.load).toEqual({ house_dA: { L1: 42, L2: 40, L3: 40 }, cars_dA: { L1: 158, L2: 0, L3: 0 } });
  });

  test('as JSON, in amperes', () => {
    const json = JSON.parse(JSON.stringify(statusJson(look, 'now'))) as object;
    expect(json).toMatchObject({
      site: 'home',
      mains_A: 25,
      isMastered: true,
      chargePoints: [{ id: 'garage', isHeard: true, state: 'charging', limit_A: 16, draw_A: { L1: 15.8 } }],
      bridges: [{ id: 'meter', isHeard: true, age_ms: 800, mains_A: { L1: 20 } }],
    });
  });

  test('what is learnt of the wiring: what to write first, each on its own line', () => {
    const evidence = `transformer L3 sits the wrong way round (${'evidence '.repeat(40)}end)`;
    const told = `to write: rotation: [L2, L3, L1] for garage | ${evidence}`;
    const learnt = lookAt(heardAt(alive, 600, [['master/main/learning', told, true]]), 700);
    const lines = textOf(learnt).split('\n');
    expect(textOf(learnt)).toMatch(/ because [^]*\n Wiring: to write: rotation: \[L2, L3, L1\] for garage/);
    expect(lines).toContainEqual(expect.stringMatching(/^ Wiring: transformer L3 sits the wrong way round/));
    expect(statusJson(learnt, 'now')).toMatchObject({ masters: [{ learning: [told.split(' | ')[0], evidence] }] });
  });

  test('nothing learnt is not spoken of', () => {
    const silent = lookAt(heardAt(alive, 600, [['master/main/learning', 'none', true]]), 700);
    expect(textOf(silent)).not.toContain('Wiring');
    expect(statusJson(silent, 'now')).toMatchObject({ masters: [{ learning: [] }] });
  });

  test('in one line', () => {
    expect(statusLine(look, 65)).toBe('00:01:05 | mains 20.0 4.0 4.0 A | garage charging 16.0 A');
  });
});

describe('a site whose circuits have meters too', () => {
  const shed = encodeSample('shed');
  const both = heardAt(alive, 600, [['bridge/shed/sample', shed]]);

  test('guesses at no mains, and shows what each meter says', () => {
    const text = textOf(lookAt(both, 700));
    expect(text).toContain('several meters: --meter NAME');
    expect(text).toMatch(/The bridge shed: L1 20\.0 {2}L2 4\.0/);
  });

  test('is told which one is the mains', () => {
    expect(lookAt(both, 700, 'meter').load).toMatchObject({ house_dA: { L1: 42 } });
    expect(textOf(lookAt(both, 700, 'meter'))).not.toContain('--meter');
  });

  test('is told of a bridge that is not there', () => {
    const look = lookAt(both, 700, 'gone');
    expect(look.load).toBeNull();
    expect(textOf(look)).toContain('--meter "gone": no bridge has this name; there are: meter, shed');
    expect(statusLine(look, 65)).toContain('mains unknown: no bridge "gone"');
    expect(statusJson(look, 'now')).toMatchObject({ unknownMeter: 'gone', house_A: null });
    expect(lookAt(initialSite('home'), 0, 'meter')).toMatchObject({ unknownMeter: null });
  });
});

describe('what is only remembered does not look alive', () => {
  test.each([
    ['nothing was heard since', remembered, 3000],
    ['what was heard is 3 s old', alive, 3600],
    ['its connection ended', heardAt(alive, 600, [['slave/garage/availability', 'offline']]), 700],
  ])('a charge point: %s', (_, state, at) => {
    const look = lookAt(state, at);
    expect(look.chargePoints).toMatchObject([{ id: 'garage', isHeard: false }]);
    expect(textOf(look)).toMatch(/garage {2,}(no report|offline).*before: charging, 16\.0 A/);
    expect(JSON.stringify(statusJson(look, 'now'))).not.toContain('"state"');
  });

  test('a master whom nothing answers', () => {
    expect(textOf(lookAt(remembered, 100))).toContain('The master main: nothing answers to it  before: 1 charging');
    expect(lookAt(remembered, 100).isMastered).toBe(false);
  });

  test('a master whose beacons the bridge no longer hears', () => {
    const deserted = heardAt(remembered, 500, [['bridge/meter/sample', sample(3500)]]);
    expect(lookAt(deserted, 600).isMastered).toBe(false);
  });

  test('the mains: an old sample is none, and its plain value is from before', () => {
    const look = lookAt(alive, 6000);
    expect(look.load).toBeNull();
    expect(textOf(look)).toContain('The bridge meter: no sample for 5 s  before: L1 20.0');
    expect(textOf(look)).toContain('the mains are not measured now');
  });

  test('a retained sample, which nobody may send, is not heard', () => {
    const look = lookAt(heardAt(remembered, 0, [['bridge/meter/sample', sample(), true]]), 1);
    expect(look.bridges).toMatchObject([{ isHeard: false, current_dA: null }]);
  });
});

describe('what else a person should see', () => {
  test('faults, and what ends them', () => {
    const faulty = heardAt(alive, 600, [
      ['slave/garage/report', report('garage', { session: 'blocked', faults: ['residual-current'] })],
    ]);
    expect(textOf(lookAt(faulty, 700))).toContain('RESIDUAL FAULT CURRENT DETECTED  press its switch');
  });

  test('alarms', () => {
    const alarmed = heardAt(alive, 600, [['master/main/alarms', 'two slaves answer to the id garage']]);
    expect(textOf(lookAt(alarmed, 700))).toContain('ALARM of main: two slaves answer to the id garage');
  });

  test('that messages of another version are there', () => {
    const odd = heardAt(alive, 600, [['slave/garage/report', '{"from":"garage","future":1}']]);
    expect(textOf(lookAt(odd, 700))).toContain('1 message is none that this version can read');
  });
});

describe('hostile messages', () => {
  test('steer no terminal', () => {
    const evil = heardAt(alive, 600, [['master/main/status', '\u001b[2J\u0007\u009b1mgone']]);
    expect(textOf(lookAt(evil, 700))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  test('by a name that every object has are nobody, and no word of ours', () => {
    const said: readonly Said[] = [
      ...(['slave', 'bridge', 'master'] as const).map((role): Said => [`${role}/constructor/availability`, 'online']),
      ['slave/constructor/report', report('garage')],
      ['bridge/constructor/sample', sample()],
      ['master/main/mode', 'constructor'],
    ];
    const state = heardAt(initialSite('home'), 0, said);
    expect([state.slaves, state.bridges]).toEqual([{}, {}]);
    const look = lookAt(state, 1000);
    expect(look).toMatchObject({ chargePoints: [], bridges: [], masters: [{ id: 'main' }], mode: 'constructor' });
    expect(textOf(look)).toContain('site home  constructor');
  });

  test('of a thousand charge points fill no memory and no line', () => {
    const many = Array.from({ length: 1000 }, (_, number): Said => [`slave/s${number}/limit_A`, 'x'.repeat(4000)]);
    const state = heardAt(initialSite('home'), 0, many);
    expect(Object.keys(state.slaves).length).toBeLessThanOrEqual(300);
    for (const line of statusLines(lookAt(state, 0), 80, 'x'.repeat(90)))
      expect(lengthOf(line)).toBeLessThanOrEqual(80);
  });

  test('on a topic of another are not taken for its own', () => {
    expect(lookAt(heardAt(initialSite('home'), 0, [['slave/garage/report', report('street')]]), 0)).toMatchObject({
      chargePoints: [],
      unreadable: 1,
    });
  });
});
