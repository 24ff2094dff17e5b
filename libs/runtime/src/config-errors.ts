// One line per mistake in a configuration: which key, which value, what is allowed. For a person who edits a file; no
// stack, no words of the library. Pure.
import { type z } from 'zod';
import { allowedText, nodeAt, type SchemaNode } from './config-keys.js';

type Issue = z.core.$ZodIssue;

/** @param given what was checked, to show the offending value */
export function describeIssues(issues: readonly Issue[], root: SchemaNode, given: unknown): readonly string[] {
  return issues.flatMap((issue) => linesOf(issue, root, given));
}

function linesOf(issue: Issue, root: SchemaNode, given: unknown): readonly string[] {
  const node = nodeAt(root, issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...issue.path, key], node));
  // A default that breaks a rule stands in no file; zod then knows it.
  const value = valueAt(given, issue.path) ?? (isRecord(issue.input) ? undefined : issue.input);
  const what = value === undefined ? 'missing' : `${valueText(value, node)} is not allowed`;
  return [`${keyText(issue.path)}: ${what}${reasonText(issue, node)}`];
}

function unknownKey(path: readonly PropertyKey[], map: SchemaNode | null): string {
  const known = Object.keys(map?.properties ?? {}).join(', ');
  return `${keyText(path)}: unknown key${known === '' ? '' : `; known here: ${known}`}`;
}

function reasonText(issue: Issue, node: SchemaNode | null): string {
  if (issue.code === 'custom') return `: ${issue.message}`;
  return `; allowed: ${node === null ? issue.message : allowedText(node)}`;
}

function keyText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'configuration';
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`))
    .join('');
}

function valueText(value: unknown, node: SchemaNode | null): string {
  if (node?.secret === true) return 'the value (secret)';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => (isRecord(value) ? value[String(step)] : undefined), given);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
