/**
 * What somebody would write for the Provider framework to do the same: start the job, and say whether it is done.
 * The SDK is that of Lambda's runtime, as in the framework's own handler.
 */
const { BackupClient, DescribeBackupJobCommand, StartBackupJobCommand } = require('@aws-sdk/client-backup');

const client = new BackupClient({});
const FAILED = ['FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'];

exports.onEvent = async (event) => {
  if (event.RequestType === 'Delete') return {};
  const { SourceArn, VaultName, RoleArn } = event.ResourceProperties;
  const { BackupJobId } = await client.send(new StartBackupJobCommand({
    BackupVaultName: VaultName,
    IamRoleArn: RoleArn,
    IdempotencyToken: event.RequestId,
    Lifecycle: { DeleteAfterDays: 35 },
    ResourceArn: SourceArn,
  }));
  return { PhysicalResourceId: BackupJobId, Data: { BackupJobId } };
};

exports.isComplete = async (event) => {
  if (event.RequestType === 'Delete') return { IsComplete: true };
  const { State, StatusMessage } = await client.send(new DescribeBackupJobCommand({ BackupJobId: event.PhysicalResourceId }));
  if (FAILED.includes(State)) throw new Error(`Backup job ${event.PhysicalResourceId} is ${State}: ${StatusMessage}`);
  return { IsComplete: State === 'COMPLETED' };
};
