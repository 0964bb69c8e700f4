/** What a rule says. It is data, so that errors, warnings and `docs/validation.md` are made of the same words. */
export interface Statement {
  /** Stable; a warning is acknowledged as `cdk-on-demand-backup::<id>`. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What has to hold: a sentence. */
  readonly rule: string;
  /** What to do: a sentence. */
  readonly remedy: string;
  /** AWS page that says so. */
  readonly see?: string;
}

/** One thing that has to hold, as a pure function of plain values. */
export interface Rule<View> extends Statement {
  /** Nothing where the rule holds, or where what it needs is not known at synthesis. */
  readonly check: (view: View) => Finding[];
}

/** Where a rule does not hold. */
export interface Finding {
  /** The prop, as the user writes it (`vault`, `backupOptions.windowsVss`), or the resource of somebody else that does not fit. */
  readonly prop: string;
  /** The value seen. */
  readonly value: string;
  /** Added to the rule's own sentence, where there is more to say about this very value. */
  readonly because?: string;
}

/** Common part of the ids of warnings: what `Validations` calls the prefix. */
export const WARNING_PREFIX = 'cdk-on-demand-backup';

/** What `Validations.of(…).acknowledge({ id, reason })` takes. */
export function warningId({ id }: Statement): string {
  return `${WARNING_PREFIX}::${id}`;
}
