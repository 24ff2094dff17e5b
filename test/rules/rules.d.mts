export declare const RULES: readonly {
  readonly id: string;
  readonly without: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  readonly scenarios: readonly string[];
}[];
