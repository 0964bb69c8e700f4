/** The least that does the work: the client of AWS Backup, bundled, and the answer. What the others are compared with. */
import * as https from 'https';
import { BackupClient, StartBackupJobCommand } from '@aws-sdk/client-backup';

const client = new BackupClient({});

export async function handler(event: Record<string, string> & { ResourceProperties: Record<string, string> }): Promise<void> {
  const { BackupVaultName, IamRoleArn, ResourceArn } = event.ResourceProperties;
  const { BackupJobId } = await client.send(new StartBackupJobCommand({
    BackupVaultName, IamRoleArn, ResourceArn, IdempotencyToken: event.RequestId, Lifecycle: { DeleteAfterDays: 35 },
  }));
  const body = JSON.stringify({
    Status: 'SUCCESS',
    PhysicalResourceId: BackupJobId,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: { BackupJobId },
  });
  const { hostname, pathname, search } = new URL(event.ResponseURL);
  await new Promise((resolve, reject) => {
    https.request({ hostname, path: pathname + search, method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } }, resolve)
      .on('error', reject)
      .end(body);
  });
}
