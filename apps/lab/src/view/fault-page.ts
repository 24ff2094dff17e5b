// What can break: every physical fault of the selected charge point, its key, and whether it stands.
import { PHYSICAL_FAULTS, PHYSICAL_FAULT_WORDS, type PhysicalFault } from '@fairamp/simulation';
import { FAULT_KEYS } from './keys.js';
import { span, type Line } from '@fairamp/terminal';
import { type ChargePointRow } from './snapshot.js';

const NAME_COLUMNS = 18;

export function faultPage({ broken }: ChargePointRow): readonly Line[] {
  return PHYSICAL_FAULTS.map((fault) => faultLine(fault, broken.includes(fault)));
}

function faultLine(fault: PhysicalFault, stands: boolean): Line {
  return [
    span(`  ${FAULT_KEYS[fault]} `, 'title'),
    span(stands ? '●' : '○', stands ? 'bad' : 'quiet'),
    span(` ${fault.padEnd(NAME_COLUMNS)}`, stands ? 'bad' : 'plain'),
    span(PHYSICAL_FAULT_WORDS[fault], 'quiet'),
  ];
}
