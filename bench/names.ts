/** What is compared. The names are those of the page. */
export const CONTENDERS = [
  'base',
  'bare custom resource',
  'library',
  'library, job ids in outputs',
  'library, fire and forget',
  'library, waits 1 h',
  'library, waits 2 h',
  'library, waits 12 h',
  'AwsCustomResource',
  'AwsCustomResource, one role',
  'Provider',
  'Provider + isComplete',
] as const;
export type Contender = typeof CONTENDERS[number];

/** Apps of this library's own, against the same app without it. */
export const OWN_APPS = [
  'tables', 'tables with a bare custom resource each', 'tables with guards and final backups', '1,000 resources', '1,000 resources, policy checks', '1,000 resources, policy checks, 250 findings',
] as const;
export type OwnApp = typeof OWN_APPS[number];

/** Where the sources are: tables of the stack, or ARNs of what is elsewhere. */
export type Sources = 'inside' | 'outside';

/** What a process of its own synthesizes. */
export interface SynthesisOrder {
  readonly app: Contender | OwnApp;
  readonly n: number;
  readonly sources: Sources;
  readonly longest?: boolean;
}

/** What it tells. Milliseconds since its start, or since the app was begun. */
export interface SynthesisReport {
  readonly wall: number;
  readonly cpu: number;
}
