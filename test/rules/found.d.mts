export type Found = {
  readonly rule: string;
  readonly invariant: string;
  readonly scenario: string;
  readonly seed: number;
  readonly minutes: number;
};
export type Accused = { readonly invariant: string; readonly at: number; readonly detail: string } | null;
export declare function readFound(): readonly Found[];
export declare function readPage(): string;
export declare function tableOf(all: readonly Found[]): string;
export declare function judge(found: Found, without: Accused, shipped: Accused): string | null;
