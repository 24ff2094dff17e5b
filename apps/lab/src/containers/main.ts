// `npm run docker:site` (dist/lab/containers.mjs FOLDER): writes a site for containers, with keys made here and now, into
// a folder that must not exist yet. It never writes over one: whoever has the keys has the site. The folder appears whole
// or not at all.
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { containerSite } from './container-site.js';

/** Nobody else on this computer comes in here ... */
const FOLDER_MODE = 0o700;
/** ... but the user of a container, who has another number, must be able to read the file that is mounted for it. */
const FILE_MODE = 0o644;

function write(folder: string): void {
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: FOLDER_MODE });
  for (const [name, text] of containerSite()) {
    const file = join(unfinished, name);
    writeFileSync(file, text);
    // Whatever this person's umask is.
    chmodSync(file, FILE_MODE);
  }
  renameSync(unfinished, folder);
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write('containers: give the folder for the site, as in docker/site\n');
  process.exit(2);
}
if (existsSync(folder)) {
  process.stdout.write(`${folder} is there already and stays as it is; remove it to have a site with new keys.\n`);
} else {
  write(folder);
  process.stdout.write(`${folder}: a site with keys of its own.\n`);
}
