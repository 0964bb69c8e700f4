/** Where a story is played. */
export interface Stage {
  /** The copy of the example. */
  readonly folder: string;
  deploy(stack: string, context: Readonly<Record<string, string>>): Promise<Outcome>;
  destroy(stack: string): Promise<Outcome>;
  backups(): Backups;
  stop(): Promise<void>;
}

/** How it ended. What there is to say has been printed already. */
export interface Outcome {
  readonly ok: boolean;
  readonly said: string;
}

/** What AWS Backup has. */
export interface Backups {
  readonly jobs: readonly { readonly id: string; readonly state: string; readonly resourceArn: string }[];
  readonly recoveryPoints: readonly { readonly arn: string; readonly vaultName: string; readonly status: string }[];
}
