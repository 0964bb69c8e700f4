import type { Lab } from './lab';

/** What a user does, and what has to come of it. */
export interface Scenario {
  readonly name: string;
  /** Of the stack, and the only thing that tells the scenarios apart in the account. */
  readonly stack: string;
  /** Where the roles of functions are enforced, with AWS Backup as ministack has it. */
  readonly auth?: boolean;
  readonly run: (lab: Lab) => Promise<void>;
}
