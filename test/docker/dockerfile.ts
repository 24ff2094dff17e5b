// docker/Dockerfile as the tests read it: its stages and their instructions, and what an app's container runs. As much of
// the language as that file uses; whatever else stands there is refused, so that nothing is tested by guessing.
import { assert } from '@fairamp/units';
import { z } from 'zod';

export type Instruction = { readonly name: string; readonly text: string };
export type Stage = {
  readonly base: string;
  readonly label: string | null;
  readonly instructions: readonly Instruction[];
};
export type Dockerfile = { readonly args: readonly string[]; readonly stages: readonly Stage[] };

const NAMES = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD', 'LABEL'];

export function parseDockerfile(text: string): Dockerfile {
  const joined = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '');
  const instructions = joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(instructionOf);
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  const before = instructions.slice(0, starts[0]);
  return {
    args: before.map(({ text: declared }) => declared),
    stages: starts.map((start, index) => stageOf(instructions.slice(start, starts[index + 1]))),
  };
}

function instructionOf(line: string): Instruction {
  const [, name = '', text = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
  assert(NAMES.includes(name), `Dockerfile: the tests do not know "${line}"`);
  return { name, text };
}

function stageOf([from, ...instructions]: readonly Instruction[]): Stage {
  const [, base = '', label] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(from?.text ?? '') ?? [];
  return { base, label: label ?? null, instructions };
}

/** The texts of all instructions of this name. */
export function allOf({ instructions }: Stage, name: string): readonly string[] {
  return instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);
}

/** The one that counts: the last. null: there is none */
export function lastOf(stage: Stage, name: string): string | null {
  return allOf(stage, name).at(-1) ?? null;
}

/** null: the shell form, which hides the process from signals. */
export function execForm(text: string): readonly string[] | null {
  try {
    return z.array(z.string()).parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** `NODE_ENV=production` */
export function environmentOf(stage: Stage): Readonly<Record<string, string>> {
  return Object.fromEntries(allOf(stage, 'ENV').map((text) => text.split('=', 2) as [string, string]));
}
