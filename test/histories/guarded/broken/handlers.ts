import { fingerprintOf, finalWithoutDependents, guardAfterSource, guardInWrongStack, onePolicy, Spoil, spoiled, withoutDependsOn, withoutWatch } from './fakes';
import { brokenBundle } from '../../broken/bundle';
import type { Synthesized } from '../../synthesized';
import type { GuardedCast } from '../play';

/** A function, or a template, with one thing wrong about guards, gates and final backups. */
export type GuardedBroken = {
  readonly name: string;
  /** The exam that it is thought to fail; the others come after it. */
  readonly exam: string;
} & (
  | { readonly file: string; readonly edits: readonly (readonly [from: string, to: string])[] }
  | { readonly spoil: Spoil }
);

const code = (name: string, exam: string, file: string, from: string, to: string): GuardedBroken => ({ name, exam, file, edits: [[from, to]] });

export const GUARDED_BROKEN: readonly GuardedBroken[] = [
  { name: 'fingerprint cached', exam: 'the code changes the orders', spoil: fingerprintOf(() => undefined) },
  // As it was before the escape hatches.
  { name: 'fingerprint eager', exam: 'the code changes the orders', spoil: fingerprintOf(({ code: { sorted } }) => sorted) },
  {
    name: 'fingerprint without the gated part',
    exam: 'a gated migration changes',
    spoil: (resources, operation) => { withoutWatch(resources, operation); fingerprintOf(({ code: { expires, sorted } }) => [expires, sorted])(resources, operation); },
  },
  { name: 'without Watch', exam: 'a parameter replaces the orders', spoil: withoutWatch },
  { name: 'DependsOn missing', exam: 'the code changes the orders', spoil: withoutDependsOn },
  { name: 'new id instead of old', exam: 'the code replaces the orders', spoil: guardAfterSource },
  { name: 'guard in the wrong stack', exam: 'the code changes the orders', spoil: guardInWrongStack },
  { name: 'permissions in one shared policy', exam: 'the invoices leave the template', spoil: onePolicy },
  { name: 'final backup without the dependents', exam: 'the stack is deleted', spoil: finalWithoutDependents },
  code('final backup without waiting', 'the stack is deleted, and the last backup takes a while', 'final/attempts.ts', 'if (!settled) {', 'if (attempt.job && !settled) {\n    return { ...before, attempt, ended: {} };\n  }\n  if (!settled) {'),
  code('final backup in a rollback', 'the orders leave, the invoices come, and the user cancels', 'final/operation.ts', 'return operationOf(status) === \'rollback\' ? \'rolling back\' : \'over\';', 'return operationOf(status) === \'rollback\' ? \'going on\' : \'over\';'),
  code('final backup in the clean-up only', 'the invoices leave the template', 'final/index.ts', 'if (event.type === \'Create\') {', 'if (event.type !== \'Delete\') {'),
  code('final backup that fails lets go', 'a final backup fails', 'final/attempts.ts', 'ended: { problem: problemText(settled, attempt, item, request), outOfTime: settled.kind === \'out of time\' }', 'ended: {}'),
  code('final backup of an earlier attempt taken', 'one of two final backups of hours fails, and jobs are listed late', 'final/since.ts', 'Math.max(since, await operationStart(event) - CLOCK_SKEW)', 'Math.min(since, await operationStart(event) - CLOCK_SKEW)'),
  code('PARTIAL taken for a final backup', 'a final backup is PARTIAL', 'final/attempts.ts', 'if (settled.kind === \'good\') {', 'if (settled.kind === \'good\' || settled.kind === \'bad\') {'),
  code('replacement not noticed', 'a replacement whose guard warns', 'final/leaving.ts', 'return successor.start.ResourceArn !== item.start.ResourceArn;', 'return successor.start.ResourceArn === \'?\';'),
  code('backup of the guard taken whatever it is worth', 'a replacement whose guard warns', 'final/leaving.ts', 'job?.state === \'COMPLETED\' && !hasIssues(job)', 'job?.state === \'COMPLETED\''),
  code('guard that leaves backs up', 'only a guard leaves', 'final/leaving.ts', 'return !now.present.has(item.logicalId);', 'return true;'),
  code('source that leaves not noticed', 'the invoices leave by their condition', 'final/leaving.ts', 'return !now.present.has(item.logicalId);', 'return false;'),
  code('what was just created is backed up', 'a creation rolls back', 'source.ts', 'resource === undefined || resource.physicalId === undefined || ABSENT.has(resource.status)', 'false'),
];

/** Builds what is broken. Fails where the code is not as it was when the fault was thought of. */
export async function guardedCastOf(broken: GuardedBroken, shipped: Synthesized): Promise<GuardedCast> {
  return 'spoil' in broken
    ? { template: (template, operation) => spoiled(template, operation, broken.spoil) }
    : { bundle: await brokenBundle(broken, shipped.assembly) };
}
