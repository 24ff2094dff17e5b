// The four commands: what each asks of the files and of the running system, and in which order. The order is the safe one:
// what runs is stopped before its files go, accounts are remembered before they are made.
import type { Files } from './files.js';
import { readBuild } from './build-folder.js';
import { enable, install, planOf, type Report } from './install.js';
import { clearLeftovers, readManifest } from './manifest.js';
import type { App, Options } from './options.js';
import { Refused } from './refused.js';
import { remove } from './remove.js';
import { dropEntry } from './steps.js';
import * as services from './services.js';
import type { System } from './system.js';
import { enablingLink, type Plan } from './wanted.js';
import { complaints, configComplaints, configState, startComplaints } from './verify.js';

export type Setting = {
  readonly files: Files;
  readonly system: System;
  /** The node that runs this, and where this was built. */
  readonly ownNode: string;
  readonly ownBuild: string;
  readonly report: Report;
};

export type Outcome = { readonly ok: boolean; readonly text: string; readonly details: object };

export const COMMAND: Readonly<Record<Options['command'], (setting: Setting, options: Options) => Outcome>> = {
  install: runInstall,
  remove: runRemove,
  status: runStatus,
  verify: runVerify,
};

function runInstall(setting: Setting, options: Options): Outcome {
  const { files, report } = setting;
  const old = readManifest(files);
  const plan = planOf(options, old, setting.ownNode);
  if (plan === null) throw new Refused('--apps: nothing is installed yet; which of slave, master, bridge?');
  checkNode(files, plan);
  const build = readBuild(options.from ?? setting.ownBuild, plan.apps);
  dropApps(
    setting,
    (old?.apps ?? []).filter((app) => !plan.apps.includes(app)),
    options,
  );
  const accounts = options.root === '/' ? services.missingAccounts(files) : { user: false, groups: [] };
  const done = install({ files, build, plan, accounts, report });
  const said = { version: done.version, ...plan, configs: done.configs };
  if (options.dryRun) return { ok: true, text: `version ${done.version} would be installed`, details: said };
  const { ok, started } = options.root === '/' ? tellSystem(setting, plan, options.start, done.isNew) : IN_AN_IMAGE;
  const text = `version ${done.version} is installed${done.isNew ? '' : ', as it was before'}`;
  return { ok, text, details: { ...said, started } };
}

const IN_AN_IMAGE = { ok: true, started: [] } as const;

function dropApps({ files, system, report }: Setting, apps: readonly App[], { dryRun }: Options): void {
  if (!dryRun) services.stopAll(system, report, apps);
  for (const app of apps) dropEntry(files, enablingLink(app).path);
}

function tellSystem(
  setting: Setting,
  plan: Plan,
  start: boolean,
  isNew: boolean,
): { ok: boolean; started: readonly App[] } {
  services.makeKnown(setting.system, setting.report);
  if (start) return startReady(setting, plan);
  if (isNew) services.restartRunning(setting.system, setting.report, plan.apps);
  return { ok: true, started: [] };
}

/** The services' user has no way into a person's home. */
function checkNode(files: Files, { node }: Plan): void {
  const trouble =
    files.look(node) === null ? 'is not there' : /^\/(root|home)\//.test(node) ? "is in a person's home" : null;
  if (trouble !== null) throw new Refused(`${node}: ${trouble}; give --node PATH, of Node 20.19 or newer`);
}

/** An app with an unfinished configuration would only be restarted for ever. */
function startReady({ files, system, report }: Setting, { apps }: Plan): { ok: boolean; started: readonly App[] } {
  const manifest = readManifest(files);
  if (manifest === null) return { ok: false, started: [] };
  const ready = apps.filter((app) => {
    const wrong = configComplaints(system, manifest, app);
    for (const line of wrong) report(`${app} is not started: ${line}`);
    return wrong.length === 0;
  });
  enable(files, ready);
  if (!system.isRunning) report('no systemd runs here: what is enabled starts with the computer');
  const ok = !system.isRunning || services.startAll(system, report, ready);
  return { ok: ok && ready.length === apps.length, started: ready };
}

function runRemove({ files, system, report }: Setting, { purge, dryRun, root }: Options): Outcome {
  clearLeftovers(files);
  const manifest = readManifest(files);
  if (manifest === null) return { ok: true, text: 'nothing is installed', details: { removed: false } };
  if (!dryRun) services.stopAll(system, report, manifest.apps);
  // While the manifest still knows which of them are ours.
  if (!dryRun && purge && root === '/') services.dropAccounts(system, files, report, manifest.accounts);
  remove(files, purge, report);
  if (!dryRun) services.forget(system, report, manifest.apps);
  const kept = purge ? 'nothing is left' : `configuration and state are kept; remove --purge takes them too`;
  return { ok: true, text: dryRun ? 'would be removed' : `removed; ${kept}`, details: { removed: !dryRun, purge } };
}

function runStatus({ files, system }: Setting): Outcome {
  const manifest = readManifest(files);
  if (manifest === null || manifest.phase === 'removed')
    return { ok: true, text: 'nothing is installed', details: { installed: false } };
  const { version, phase, prefix, config, node } = manifest;
  const apps = manifest.apps.map((app) => ({
    app,
    runs: services.stateOf(system, app),
    enabled: files.look(enablingLink(app).path) !== null,
    config: configState(files, manifest, app),
  }));
  const lines = apps.map(
    (one) => `  ${one.app}: ${one.runs}, ${one.enabled ? 'enabled' : 'not enabled'}, configuration ${one.config}`,
  );
  const text = [`version ${version} (${phase}) below ${prefix}, configurations in ${config}`, ...lines].join('\n');
  return { ok: phase === 'installed', text, details: { installed: true, version, phase, prefix, config, node, apps } };
}

function runVerify({ files, system }: Setting, { root }: Options): Outcome {
  const manifest = readManifest(files);
  if (manifest === null || manifest.phase === 'removed') throw new Refused('nothing is installed');
  const wrong = [...complaints(files, manifest), ...(root === '/' ? startComplaints(system, manifest) : [])];
  const text = wrong.length === 0 ? `all ${manifest.entries.length} files are as installed` : wrong.join('\n');
  return { ok: wrong.length === 0, text, details: { version: manifest.version, wrong } };
}
