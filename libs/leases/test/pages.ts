// What a page of the book goes through, short enough for the rows of a table: [n, limit_dA, R or receipt].
import { acknowledge, blankPage, promise, reservation, tidy, type Device, type Page } from '../src/book.js';

/** A roster line with a maximum of 32 A. */
export const device: Device = { id: 'garage', maximum_dA: 320, failSafe: 'heartbeat', fallback_dA: 0 };
export const blank = blankPage(device);
/** A board whose outputs stay as they are when its process dies. */
export const latched = blankPage({ ...device, failSafe: 'none' });

export const us = { count: 2, boot: 'a'.repeat(16) };
/** The master before us. */
export const before = { count: 1, boot: 'f'.repeat(16) };

/** A grant is sent on the report that was received at R, valid for T unless told. */
export function granted(page: Page, [n, limit_dA, R, validFor_ms = 10_000]: [number, number, number, number?]): Page {
  return promise(page, { epoch: us, n, limit_dA, validFor_ms }, R);
}

/** A report that carries (epoch, n) arrives. */
export function reported(page: Page, [n, limit_dA, at]: [number, number, number], epoch = us): Page {
  return acknowledge(page, { at, lease: { epoch, n, limit_dA }, fallback: null }, us);
}

/** A report that carries a fallback arrives. */
export function told(page: Page, [n, value_dA, at]: [number, number, number], epoch = us): Page {
  return acknowledge(page, { at, lease: null, fallback: { epoch, n, value_dA } }, us);
}

export function reservedAt(page: Page, ...times: number[]): number[] {
  return times.map((at) => reservation(page, at));
}

/** The very same after the page was tidied at each of these moments. */
export function reservedTidied(page: Page, ...times: number[]): number[] {
  return times.map((at) => reservation(tidy(page, at), at));
}
