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
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(node?.properties ?? {}).join(', ');
    return issue.keys.map(
      (key) => `${keyText([...issue.path, key])}: unknown key${known === '' ? '' : `; known here: ${known}`}`,
    );
  }
  const value = valueAt(given, issue.path);
  const key = keyText(issue.path);
  if (issue.code === 'custom') return [`${key}: ${valueText(value, node)} is not allowed: ${issue.message}`];
  const allowed = node === null ? issue.message : allowedText(node);
  if (value === undefined) return [`${key}: missing; allowed: ${allowed}`];
  return [`${key}: ${valueText(value, node)} is not allowed; allowed: ${allowed}`];
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
