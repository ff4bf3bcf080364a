/** What is known about the revectorizer for a module. */
export type Verdict =
  /** The trial gave the plain module's bits in less time: so many times as fast. */
  | { readonly use: true; readonly speedup: number }
  | {
      readonly use: false;
      readonly reason: /** Fewer runs than a trial is worth. */
        | "short-run"
        /** Not asked for. */
        | "switched-off"
        /** V8 has it for this architecture only. */
        | "not-x64"
        | "other-bits"
        | "not-faster"
        /** V8 ended the trial, or it took too long. */
        | "ended";
      readonly detail?: string;
    };
