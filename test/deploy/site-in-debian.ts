// A small site inside the test's Debian: three configurations that are filled in, the safe file of a board, and the folder
// that stands for this board's part of /sys, with the shim that makes it answer.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SHIM } from './debian-root.js';
import { fakeSysfs } from './fake-sysfs.js';

const [masterKey, slaveKey, meterKey] = ['ab'.repeat(32), 'cd'.repeat(32), 'ef'.repeat(32)];
const broker = 'mqtt://127.0.0.1:1883';
const CONFIGS = {
  slave: {
    id: 'left',
    key: slaveKey,
    broker,
    master: 'main',
    settings: { loadbl: 'slave1' },
    board: { plant: '/nowhere', outlet: 'left' },
  },
  master: {
    id: 'main',
    key: masterKey,
    broker: 'embedded',
    settings: { mode: 'normal' },
    bridge: { id: 'meter', key: meterKey },
    roster: [{ id: 'left', key: slaveKey, maximum_A: 16, failSafe: 'process' }],
    store: '/var/lib/fairamp/master',
  },
  bridge: { id: 'meter', key: meterKey, broker, port: 'tcp://127.0.0.1:1' },
};
const SAFE = 'fairamp-safe 1\ngpio pinctrl-bcm2711 22 0\npwm fe20c000.pwm 0 zero\n';

export function putFile(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export function putSite(root: string): void {
  for (const [app, config] of Object.entries(CONFIGS))
    putFile(root, `etc/fairamp/${app}.yaml`, JSON.stringify({ site: 'home', ...config }));
  putFile(root, 'var/lib/fairamp/slave/safe.conf', SAFE);
  const fake = fakeSysfs();
  cpSync(fake.root, join(root, 'srv/sys'), { recursive: true, verbatimSymlinks: true });
  fake.remove();
  const dropIn = `[Service]\nEnvironment=SYSFS=/srv/sys LD_PRELOAD=${SHIM}\n`;
  putFile(root, 'etc/systemd/system/fairamp-slave.service.d/test.conf', dropIn);
}
