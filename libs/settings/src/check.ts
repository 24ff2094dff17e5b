// What no setting can tell alone: two of them that contradict each other, one that has no effect beside another, one
// that the hardware cannot do. `wrong` must not be used; a `note` may be what somebody wants.
import { CATALOGUE, SETTINGS, defaults, writtenKeyOf } from './catalogue.js';
import { isSlave } from './conditions.js';
import type { SettingsBoard } from './evse-config.js';
import type { SettingKey, Settings, WrittenKey, WrittenValue } from './setting.js';
import { valueText, writtenValue } from './written.js';

type Named = { readonly key: WrittenKey; readonly value: WrittenValue };
export type Complaint = Named & {
  readonly level: 'wrong' | 'note';
  /** Between the two: `must not be above`. */
  readonly words: string;
  /** The other setting, or what the board lacks. */
  readonly against: Named | { readonly board: string };
};

type Rule = {
  readonly level: Complaint['level'];
  readonly key: SettingKey;
  readonly against: SettingKey;
  readonly words: string;
  readonly isBroken: (settings: Settings) => boolean;
};

const LOWER_WINS = 'is more than is ever offered, for the lower counts: it is above';

const RULES: readonly Rule[] = [
  {
    level: 'wrong',
    key: 'min_dA',
    against: 'mains_dA',
    words: 'must not be above',
    isBroken: (settings) => has('min_dA', settings) && settings.min_dA > settings.mains_dA,
  },
  {
    level: 'wrong',
    key: 'min_dA',
    against: 'max_dA',
    words: 'must not be above',
    isBroken: (settings) => has('min_dA', settings) && settings.min_dA > settings.max_dA,
  },
  {
    level: 'note',
    key: 'min_dA',
    against: 'cable_dA',
    words: LOWER_WINS,
    isBroken: (settings) => has('min_dA', settings) && has('cable_dA', settings) && settings.min_dA > settings.cable_dA,
  },
  {
    level: 'note',
    key: 'max_dA',
    against: 'cable_dA',
    words: LOWER_WINS,
    isBroken: (settings) => has('cable_dA', settings) && settings.max_dA > settings.cable_dA,
  },
  {
    // In Smart mode the measured mains take care of it, and there may be sun on the roof.
    level: 'note',
    key: 'max_dA',
    against: 'mains_dA',
    words: 'is above what the mains is said to carry, and in Normal mode nothing measures it:',
    isBroken: (settings) => settings.mode === 'normal' && !isSlave(settings) && settings.max_dA > settings.mains_dA,
  },
  {
    level: 'note',
    key: 'mode',
    against: 'loadbl',
    words: 'has no effect with',
    isBroken: (settings) => settings.mode === 'smart' && isSlave(settings),
  },
];

type Need = {
  readonly level: Complaint['level'];
  readonly key: SettingKey;
  readonly what: string;
  readonly asks: (settings: Settings) => boolean;
  readonly isThere: (board: SettingsBoard, settings: Settings) => boolean;
};

const NEEDS: readonly Need[] = [
  {
    level: 'note',
    key: 'max_dA',
    what: 'a contactor for as much',
    asks: () => true,
    isThere: (board, { max_dA }) => max_dA <= board.max_dA,
  },
  {
    level: 'wrong',
    key: 'lock',
    what: 'a lock',
    asks: ({ lock }) => lock !== 'disabled',
    isThere: (board) => board.lock,
  },
  {
    level: 'wrong',
    key: 'access',
    what: 'a switch',
    asks: ({ access }) => access === 'switch',
    isThere: (board) => board.switch,
  },
  {
    level: 'note',
    key: 'stopRestart_s',
    what: 'a switch',
    asks: ({ stopRestart_s }) => stopRestart_s > 0,
    isThere: (board) => board.switch,
  },
  {
    level: 'wrong',
    key: 'rcmon',
    what: 'a residual-current input',
    asks: ({ rcmon }) => rcmon === 'enabled',
    isThere: (board) => board.residual !== 'disabled',
  },
];

/** Complaints name both values. */
export function checkTogether(settings: Settings): readonly Complaint[] {
  const broken = RULES.filter(({ isBroken }) => isBroken(settings));
  const idle = changed(settings).filter((key) => !has(key, settings));
  return [
    ...broken.map(({ level, key, words, against }) => complaint(settings, { level, key, words, against })),
    ...idle.map((key) => {
      const against = CATALOGUE[key].shown.hiddenBy(settings);
      return complaint(settings, { level: 'note', key, words: 'has no effect with', against });
    }),
  ];
}

/** Against the hardware that is there. Without what it needs a charge point never charges; it is not unsafe. */
export function checkBoard(settings: Settings, board: SettingsBoard): readonly Complaint[] {
  return NEEDS.filter(
    ({ key, asks, isThere }) => has(key, settings) && asks(settings) && !isThere(board, settings),
  ).map(({ level, key, what }) => ({ level, ...named(settings, key), words: 'needs', against: { board: what } }));
}

/** What stands after the key and its value. @param prefix where the settings stand, `settings.` */
export function reasonText({ words, against }: Complaint, prefix = ''): string {
  if ('board' in against) return `${words} ${against.board}, which the board does not have`;
  return `${words} ${prefix}${against.key}, ${valueText(against.value)}`;
}

export function complaintText(told: Complaint, prefix = ''): string {
  return `${prefix}${told.key}: ${valueText(told.value)} ${reasonText(told, prefix)}`;
}

/** Has it an effect? */
function has(key: SettingKey, settings: Settings): boolean {
  return CATALOGUE[key].shown.holds(settings);
}

function changed(settings: Settings): readonly SettingKey[] {
  const usual = defaults();
  return SETTINGS.map(({ key }) => key).filter((key) => settings[key] !== usual[key]);
}

function named(settings: Settings, key: SettingKey): Named {
  return { key: writtenKeyOf(key), value: writtenValue(CATALOGUE[key], settings) };
}

function complaint(settings: Settings, { key, against, ...rest }: Omit<Rule, 'isBroken'>): Complaint {
  return { ...rest, ...named(settings, key), against: named(settings, against) };
}
