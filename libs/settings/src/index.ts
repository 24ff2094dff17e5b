export type {
  Choice,
  Condition,
  Range,
  Setting,
  SettingKey,
  Settings,
  WrittenKey,
  WrittenSettings,
  WrittenValue,
} from './setting.js';
export { CATALOGUE, SETTINGS, defaults, inEffect, settingWrittenAs, visible } from './catalogue.js';
export {
  allowedText,
  mistakeText,
  parseSettings,
  choicesOf,
  wordOf,
  wordsOf,
  writtenDefault,
  writtenRange,
  writtenSettings,
  writtenValue,
  type Mistake,
  type ParsedSettings,
} from './written.js';
export { checkBoard, checkTogether, complaintText, reasonText, type Complaint } from './check.js';
export { CAL_TYPED, calibrated, type CalRefusal } from './calibration.js';
export { evseConfigOf, type SettingsBoard } from './evse-config.js';
export { settingsChapters, settingsTable } from './table.js';
