// The files as they are, for a run that only says what it would do to them.
import type { Files } from './files.js';

/** A version has hundreds of files; their folder stands for them. */
const VERSION = /\/versions\/[^/]+\//;

export function dryRun(files: Files, say: (line: string) => void): Files {
  const told = new Set<string>();
  const tell = (what: string, path: string): void => {
    const line = `would ${what} ${path.replace(/\.fairamp-new/g, '').replace(/(\/versions\/[^/]+\/).*/, '$1')}`;
    if (!told.has(line)) say(line);
    told.add(line);
  };
  return {
    look: (path) => files.look(path),
    read: (path) => files.read(path),
    list: (path) => files.list(path),
    target: (path) => files.target(path),
    makeFolder: (path) => (VERSION.test(path) ? undefined : tell('make the folder', path)),
    writeFile: () => undefined,
    makeLink: () => undefined,
    // Everything new is made beside its place and then moved there; a folder is told by then.
    move: (_, to) => (told.has(`would make the folder ${to}`) ? undefined : tell('write', to)),
    removeFile: (path) => tell('remove', path),
    removeFolder: (path) => tell('remove the folder', path),
  };
}
