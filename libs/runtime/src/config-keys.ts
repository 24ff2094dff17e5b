// What a configuration may hold, read from its zod schema by way of JSON Schema: one source for the check, the names of
// the environment variables, the table of --help and the words "what is allowed" in an error. Pure.
import { assert } from '@fairamp/units';
import { z } from 'zod';

/** The part of JSON Schema that zod writes and we read. */
export type SchemaNode = {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  /** `.meta({ secret: true })`: never printed. */
  readonly secret?: boolean;
};

/** One value that can be given on its own: `mqtt.url`, FAIRAMP_MQTT__URL. Lists and alternatives are given whole. */
export type ConfigKey = { readonly path: readonly string[]; readonly env: string; readonly node: SchemaNode };

export function schemaNodeOf(schema: z.ZodType): SchemaNode {
  // One cast: zod types its JSON Schema wider than what it writes for the schemas that a configuration is made of.
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
}

export function keysOf(node: SchemaNode, path: readonly string[] = []): readonly ConfigKey[] {
  if (node.properties === undefined) {
    return [{ path, env: `FAIRAMP_${path.join('__').toUpperCase()}`, node }];
  }
  assert(node.additionalProperties === false, `${path.join('.')}: a configuration is made of z.strictObject alone`);
  return Object.entries(node.properties).flatMap(([name, child]) => keysOf(child, [...path, name]));
}

/** null where the path leads nowhere, or into one of several alternatives. */
export function nodeAt(root: SchemaNode, path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    if (typeof step === 'number') node = node.items;
    else node = node.properties?.[String(step)] ?? namedFreely(node);
    if (node === undefined) return null;
  }
  return node;
}

function namedFreely(node: SchemaNode): SchemaNode | undefined {
  return typeof node.additionalProperties === 'object' ? node.additionalProperties : undefined;
}

/** `a whole number, 10 to 100`; `"normal" or "smart"`. */
export function allowedText(node: SchemaNode): string {
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return [...new Set(alternatives.map(allowedText))].join(', or ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined) return node.enum.map((value) => JSON.stringify(value)).join(' or ');
  return typesOf(node)
    .map((type) => textOfType(type, node))
    .join(', or ');
}

function typesOf(node: SchemaNode): readonly string[] {
  if (node.type === undefined) return ['anything'];
  return typeof node.type === 'string' ? [node.type] : node.type;
}

function textOfType(type: string, node: SchemaNode): string {
  switch (type) {
    case 'integer':
      return `a whole number${rangeText(node)}`;
    case 'number':
      return `a number${rangeText(node)}`;
    case 'string':
      return node.pattern === undefined ? 'a text' : `a text that fits ${node.pattern}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return mapText(Object.keys(node.properties ?? {}));
    default:
      return type;
  }
}

function mapText(names: readonly string[]): string {
  return names.length === 0 ? 'a map' : `a map of ${names.join(', ')}`;
}

function rangeText({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const least = isBound(minimum) ? minimum : null;
  const most = isBound(maximum) ? maximum : null;
  if (least !== null && most !== null) return `, ${least} to ${most}`;
  const parts = [
    exclusiveMinimum === undefined ? '' : `, above ${exclusiveMinimum}`,
    least === null ? '' : `, at least ${least}`,
    most === null ? '' : `, at most ${most}`,
  ];
  return parts.join('');
}

/** zod writes the limits of a double's whole numbers where a schema names none. */
function isBound(limit: number | undefined): limit is number {
  return limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
}

/** Does the schema take a text here, so that what looks like a number may still be one (a password `0123`)? */
export function takesText(node: SchemaNode): boolean {
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return alternatives.some(takesText);
  const values = node.enum ?? (node.const === undefined ? [] : [node.const]);
  if (values.length > 0) return values.some((value) => typeof value === 'string');
  return typesOf(node).includes('string');
}

/** Does it take nothing but texts? */
export function takesOnlyText(node: SchemaNode): boolean {
  const alternatives = node.anyOf ?? node.oneOf;
  if (alternatives !== undefined) return alternatives.every(takesOnlyText);
  const values = node.enum ?? (node.const === undefined ? [] : [node.const]);
  if (values.length > 0) return values.every((value) => typeof value === 'string');
  return typesOf(node).every((type) => type === 'string');
}
