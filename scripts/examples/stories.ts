import * as fs from 'fs';
import * as path from 'path';

/** One thing that a person does with an example. */
export interface Act {
  readonly says: string;
  /** What is changed in the example before. */
  readonly edit?: { readonly file: string; readonly from: string; readonly to: string };
  readonly context?: Readonly<Record<string, string>>;
  /** Another stack than the story's. */
  readonly stack?: string;
  /** `refused` is a deployment that ends before anything is deployed. */
  readonly does: 'deploy' | 'refused' | 'destroy';
  /** What has to be said, among other things. */
  readonly tells?: readonly string[];
  /** How many jobs AWS Backup has afterwards, all of them COMPLETED. */
  readonly jobs: number;
}

/** What a person does with an example, and what has to come of it. */
export interface Story {
  readonly example: string;
  readonly stack: string;
  readonly acts: readonly Act[];
}

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

export const STORIES: readonly Story[] = [
  {
    example: 'on-demand',
    stack: 'OnDemand',
    acts: [
      { says: 'First deployment: the table is created and backed up.', does: 'deploy', jobs: 1 },
      { says: 'Deployed again, nothing changed: no backup.', does: 'deploy', jobs: 1 },
      { says: 'The release changes: one more backup.', context: { release: '2.0.0' }, does: 'deploy', jobs: 2 },
      { says: 'The stack goes; vault, role and recovery points stay.', does: 'destroy', jobs: 2 },
    ],
  },
  {
    example: 'pre-migration',
    stack: 'PreMigration',
    acts: [
      { says: 'First deployment: the table is as new as the gate, so there is nothing to back up yet.', does: 'deploy', jobs: 0 },
      {
        says: 'The migration changes: it runs only after a backup that is COMPLETED.',
        edit: { file: 'migration/index.js', from: "const SCHEMA = '1'", to: "const SCHEMA = '2'" },
        does: 'deploy',
        jobs: 1,
      },
      { says: 'The stack goes.', does: 'destroy', jobs: 1 },
    ],
  },
  {
    example: 'guarded-table',
    stack: 'GuardedTable',
    acts: [
      { says: 'First deployment: the table is as new as its guard, so there is nothing to back up yet.', does: 'deploy', jobs: 0 },
      {
        says: 'The table is going to be changed: first a backup, and the change only when that is COMPLETED.',
        edit: { file: 'app.ts', from: "stack, 'Orders', {", to: "stack, 'Orders', {\n  timeToLiveAttribute: 'expires'," },
        does: 'deploy',
        jobs: 1,
      },
      { says: 'The stack goes; the table stays, because its removal policy says so.', does: 'destroy', jobs: 1 },
    ],
  },
  {
    example: 'final-backup',
    stack: 'FinalBackup',
    acts: [
      { says: 'First deployment: nothing to back up yet.', does: 'deploy', jobs: 0 },
      { says: 'The stack is deleted: the table goes only when its last backup is COMPLETED.', does: 'destroy', jobs: 1 },
    ],
  },
  {
    example: 'vault-and-role',
    stack: 'VaultAndRole',
    acts: [
      { says: 'First deployment: the backup goes into a vault of its own, with a lock and a key, by a role of its own.', does: 'deploy', jobs: 1 },
      { says: 'The stack goes; vault, key, role and recovery point stay.', does: 'destroy', jobs: 1 },
    ],
  },
  {
    example: 'air-gapped',
    stack: 'AirGapped',
    acts: [
      { says: 'First deployment: waits for the backup and for its copy in the air-gapped vault.', does: 'deploy', jobs: 1 },
      { says: 'The stack goes; both vaults and recovery points stay.', does: 'destroy', jobs: 1 },
    ],
  },
  {
    example: 'many',
    stack: 'Many',
    acts: [
      { says: 'First deployment: four tables, each with a backup that the deployment waits for.', does: 'deploy', jobs: 4 },
      { says: 'The release changes: each is backed up again.', context: { release: '2.0.0' }, does: 'deploy', jobs: 8 },
      { says: 'The stack goes.', does: 'destroy', jobs: 8 },
    ],
  },
  {
    example: 'policy-checks',
    stack: 'PolicyChecks',
    acts: [
      {
        says: 'A stack that breaks the rules: synthesis says what is wrong, and nothing is deployed.',
        context: { bad: 'true' },
        stack: 'Bad',
        does: 'refused',
        tells: [
          'Bad/Unprotected: got AWS::DynamoDB::Table without a guard', 'Bad/Previews: got AWS::DynamoDB::Table with DeletionPolicy Delete',
          'Bad/TooShort: got a gate with completion CONFIRM_START', 'Bad/TooShort: got 2 days', 'Bad/Unsaid: got neither deleteAfter nor keepForever',
        ],
        jobs: 0,
      },
      { says: 'A stack that keeps the rules is deployed.', does: 'deploy', jobs: 0 },
      { says: 'The stack goes, with a final backup of the table that it deletes.', does: 'destroy', jobs: 1 },
    ],
  },
];

/** A copy of an example, which an act may edit. */
export function copyExample(example: string, to: string): string {
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(path.join(EXAMPLES, example), to, { recursive: true, filter: (file) => path.basename(file) !== 'cdk.out' });
  return to;
}

export function edit(folder: string, { edit: change }: Act): void {
  if (!change) return;
  const file = path.join(folder, change.file);
  const text = fs.readFileSync(file, 'utf8');
  if (!text.includes(change.from)) throw new Error(`${file} has no ${change.from}`);
  fs.writeFileSync(file, text.replace(change.from, change.to));
}
