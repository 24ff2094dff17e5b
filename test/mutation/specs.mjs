// Runs the shipped spec files against one mutant: a small stand-in for jest that begins each time with fresh modules, in
// one process, and ends at the first failure. jest itself needs seconds for what takes milliseconds here.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import vm from 'node:vm';
import { transformSync } from 'esbuild';

const require = createRequire(import.meta.url);
const { expect } = require('expect');
/** path -> the compiled function of its module, as it stands on disk */
const compiled = new Map();

/** @param mutated null = none; else a source file's path and the text to run in its place */
export async function runSpecs(specs, mutated) {
  const modules = new Map();
  let ran = 0;
  for (const spec of specs) {
    const startedAt = performance.now();
    const tests = collect(spec, mutated, modules);
    for (const { title, body } of tests) {
      ran += 1;
      try {
        await body();
      } catch (error) {
        return { failed: title, why: firstLine(error), ran };
      }
    }
    spec.took_ms = performance.now() - startedAt;
  }
  return { failed: null, why: null, ran };
}

function collect(spec, mutated, modules) {
  const tests = [];
  try {
    load(spec.path, { mutated, modules, globals: globalsFor(tests) });
  } catch (error) {
    return [{ title: `${spec.path} does not load`, body: () => Promise.reject(error) }];
  }
  return tests;
}

function globalsFor(tests) {
  const test = (title, body) => tests.push({ title, body });
  test.each = (rows) => (title, body) => {
    for (const row of rows) test(`${title} ${JSON.stringify(row)}`, () => body(...(Array.isArray(row) ? row : [row])));
  };
  const describe = (_title, body) => body();
  describe.each = (rows) => (_title, body) => {
    for (const row of rows) body(...(Array.isArray(row) ? row : [row]));
  };
  return { test, it: test, describe, expect };
}

function load(path, world) {
  const known = world.modules.get(path);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  world.modules.set(path, module);
  const { test, it, describe } = world.globals;
  const requireFrom = (name) => {
    const target = pathOf(name, path);
    return target === null ? require(name) : load(target, world);
  };
  codeOf(path, world.mutated)(module, module.exports, requireFrom, test, it, describe, expect);
  return module.exports;
}

function codeOf(path, mutated) {
  if (mutated !== null && path === mutated.path) return compile(path, mutated.text);
  const known = compiled.get(path) ?? compile(path, readFileSync(path, 'utf8'));
  compiled.set(path, known);
  return known;
}

function compile(path, text) {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2022' });
  const wrapped = `(function (module, exports, require, test, it, describe, expect) {${code}\n})`;
  return vm.runInThisContext(wrapped, { filename: path });
}

/** null = a package */
function pathOf(name, from) {
  if (name.startsWith('@fairamp/')) return resolve('libs', name.slice('@fairamp/'.length), 'src/index.ts');
  if (!name.startsWith('.')) return null;
  const path = join(dirname(from), name.replace(/\.js$/, '.ts'));
  return existsSync(path) ? path : join(dirname(from), name);
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}
