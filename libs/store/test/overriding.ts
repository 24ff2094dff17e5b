import type { FileSystem } from '../src/file-system.js';

/** The same file system, some of its calls put in the place of its own. */
export function overriding(fs: FileSystem, calls: Partial<FileSystem>): FileSystem {
  return new Proxy(fs, {
    get: (target, name) => {
      const own: unknown = Reflect.get(calls, name) ?? Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(name in calls ? calls : target) : own;
    },
  });
}
