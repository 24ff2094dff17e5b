// A recording as `fairamp record` makes it, of a small site in simulated time: the shipped nodes, three cars, a house.
import { writeFileSync } from 'node:fs';
import { PLAIN_POINT, PLAIN_SITE, type MasterConfig } from '@fairamp/nodes';
import { perPhase, PHASES } from '@fairamp/units';
import { key, SmallSite } from '../../../libs/nodes/test/small-site.js';
import { headerLine, heardLine } from '../src/recording/line.js';

const roster = ['one', 'three', 'two'].map((id, index) => {
  return { ...PLAIN_POINT, id, key: key(index + 1), maximum_dA: 320, failSafe: 'process' as const, fallback_dA: 0 };
});

export const CONFIG: MasterConfig = {
  ...PLAIN_SITE,
  site: 'home',
  id: 'main',
  mode: 'smart',
  mains_dA: 250,
  min_dA: 60,
  mainsPhases: PHASES,
  bridge: { id: 'meter', key: key(9) },
  roster,
  oldestSample_ms: 10_000,
};

/** Two cars that charge, in balance. */
export function chargingSite(over: Partial<MasterConfig> = {}): SmallSite {
  const site = new SmallSite({ ...CONFIG, ...over });
  for (const id of ['one', 'two']) plug(site, id);
  site.run(32_000);
  return site;
}

/** Beside two cars that charge one that is full, for which there is no room. */
export function fullSite(): SmallSite {
  const site = new SmallSite(CONFIG);
  for (const id of ['one', 'three', 'two']) plug(site, id);
  site.run(32_000);
  const outlet = site.outlets['three'];
  if (outlet !== undefined) outlet.car.wants = false;
  site.run(30_000);
  return site;
}

function plug(site: SmallSite, id: string): void {
  const outlet = site.outlets[id];
  if (outlet !== undefined) outlet.car.plugged = true;
}

/** What a viewer hears from now on: what is retained first, then what comes. */
export function recordingOf(site: SmallSite, play: () => void): string {
  const from = site.at;
  const already = site.published.length;
  const retained = new Map(site.published.filter(({ retain }) => retain).map((one) => [one.topic, one]));
  play();
  const isSeen = ({ topic }: { readonly topic: string }): boolean => topic.includes('/telemetry/');
  const first = [...retained.values()].filter(isSeen).map((one) => heardLine({ ...one, t_ms: 0, retain: true }));
  const rest = site.published.slice(already).filter(isSeen);
  const lines = rest.map((one) => heardLine({ ...one, t_ms: one.at - from, retain: false }));
  const header = headerLine({ site: 'home', started: '2026-11-23T18:00:00.000Z', filter: 'fairamp/home/#' });
  return [header, ...first, ...lines].join('');
}

function houseDraws(site: SmallSite, house_dA: number): void {
  site.house_dA = perPhase(() => house_dA);
}

/** The house takes 12 A more for a while; the cars give way and come back. */
export function unrestOf(site: SmallSite): string {
  return recordingOf(site, () => {
    site.run(15_000);
    houseDraws(site, 140);
    site.run(10_000);
    houseDraws(site, 20);
    site.run(15_000);
  });
}

export function restartOf(site: SmallSite): string {
  return recordingOf(site, () => {
    site.run(12_000);
    site.startMaster('main', 2);
    site.run(18_000);
  });
}

export function silenceOf(site: SmallSite): string {
  return recordingOf(site, () => {
    site.run(15_000);
    site.slaves['two'] = null;
    site.run(15_000);
  });
}

export function writeTo(file: string, text: string): string {
  writeFileSync(file, text);
  return file;
}
