import { PropsView } from './props-view';
import { Rule } from './rule';
import { quoted } from './text';

const START_BACKUP_JOB = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html';

/** The request as a whole: role, token, output. */
export const REQUEST_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'RoleArn',
    severity: 'error',
    rule: 'AWS Backup needs the ARN of a role: arn:<partition>:iam::<account>:role/<name>.',
    remedy: 'Give a role, or leave role out.',
    see: START_BACKUP_JOB,
    check: ({ role }) => {
      const { wellFormed, service, resource, text } = role?.arn ?? { wellFormed: true };
      return !wellFormed || (service ?? 'iam') !== 'iam' || !(resource ?? 'role/').startsWith('role/') ? [{ prop: 'role', value: quoted(text) }] : [];
    },
  },
  {
    id: 'TokenWithRepeatingTrigger',
    severity: 'error',
    rule: 'With a token of its own, the second backup of a trigger that repeats would be answered as a success without any job.',
    remedy: 'Leave idempotencyToken out, or use BackupTrigger.once().',
    see: START_BACKUP_JOB,
    check: ({ idempotencyToken: token, trigger }) => token && trigger.repeats
      ? [{ prop: 'idempotencyToken', value: `${quoted(token.value)} with the trigger ${trigger.kind}` }]
      : [],
  },
  {
    id: 'TokenEmpty',
    severity: 'error',
    rule: 'A token has at least one character.',
    remedy: 'Leave idempotencyToken out.',
    see: START_BACKUP_JOB,
    check: ({ idempotencyToken: token }) => token?.value === '' ? [{ prop: 'idempotencyToken', value: quoted('') }] : [],
  },
  {
    id: 'ExportWithoutOutput',
    severity: 'error',
    rule: 'An output that does not exist cannot be exported.',
    remedy: 'Leave out jobIdExportName, or set jobIdOutput to true.',
    check: ({ jobIdOutput, jobIdExportName: name }) => name && !jobIdOutput
      ? [{ prop: 'jobIdExportName', value: `${quoted(name.value)} with jobIdOutput false` }]
      : [],
  },
];
