// What a codec answers about bytes from outside: a value, or why not. It is a value itself, so that hostile input
// can neither throw nor be forgotten.

export type Failure<Reason extends string> = { readonly ok: false; readonly reason: Reason; readonly detail: string };
export type Result<Value, Reason extends string> = { readonly ok: true; readonly value: Value } | Failure<Reason>;

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** @param detail names the offending value for a person: `limit 5 dA: below 60 dA and not 0` */
export function failure<Reason extends string>(reason: Reason, detail: string): Failure<Reason> {
  return { ok: false, reason, detail };
}
