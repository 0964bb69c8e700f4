import { BackupClient } from '@aws-sdk/client-backup';

export const ACCOUNT = '123456789012';
export const REGION = 'us-east-1';

interface Message {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Reply {
  readonly ok: boolean;
  readonly body: string;
}

/** One event of a stack. */
export interface StackEvent {
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason: string;
}

/** What a person would look up in the account that ministack plays, and the little that scenarios put there. */
export class Account {
  constructor(private readonly endpoint: string) {}

  /** AWS Backup for somebody with a role. */
  public async backupAs(roleArn: string): Promise<BackupClient> {
    const { body } = await this.query('sts', '2011-06-15', { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'e2e' });
    return new BackupClient({
      endpoint: this.endpoint,
      region: REGION,
      credentials: {
        accessKeyId: element(body, 'AccessKeyId'), secretAccessKey: element(body, 'SecretAccessKey'), sessionToken: element(body, 'SessionToken'),
      },
    });
  }

  public async hasVault(name: string): Promise<boolean> {
    return (await this.call('backup', { method: 'GET', path: `/backup-vaults/${name}` })).ok;
  }

  public async hasRole(arn: string): Promise<boolean> {
    return (await this.query('iam', '2010-05-08', { Action: 'GetRole', RoleName: arn.split('/').pop()! })).ok;
  }

  public async hasTable(name: string): Promise<boolean> {
    return (await this.dynamodb('DescribeTable', { TableName: name })).ok;
  }

  /** What is in a table, as one text. */
  public async items(table: string): Promise<string> {
    const { ok, body } = await this.dynamodb('Scan', { TableName: table });
    return ok ? JSON.stringify((JSON.parse(body) as { Items: unknown }).Items) : '';
  }

  public async putItem(table: string, item: Readonly<Record<string, string>>): Promise<void> {
    await this.dynamodb('PutItem', { TableName: table, Item: Object.fromEntries(Object.entries(item).map(([name, value]) => [name, { S: value }])) });
  }

  /** Oldest first. */
  public async stackEvents(stack: string): Promise<StackEvent[]> {
    const { body } = await this.cloudFormation({ Action: 'DescribeStackEvents', StackName: stack });
    return elements(body, 'member').reverse().map((event) => ({
      logicalId: element(event, 'LogicalResourceId'), type: element(event, 'ResourceType'), status: element(event, 'ResourceStatus'), reason: element(event, 'ResourceStatusReason'),
    }));
  }

  /** Undefined where there is no such stack. */
  public async stackId(stack: string): Promise<string | undefined> {
    const { ok, body } = await this.cloudFormation({ Action: 'DescribeStacks', StackName: stack });
    return ok ? element(body, 'StackId') : undefined;
  }

  /** The physical ids of a stack's resources, by type. */
  public async resources(stack: string): Promise<{ readonly type: string; readonly id: string }[]> {
    const { body } = await this.cloudFormation({ Action: 'DescribeStackResources', StackName: stack });
    return elements(body, 'member').map((resource) => ({ type: element(resource, 'ResourceType'), id: element(resource, 'PhysicalResourceId') }));
  }

  /** Everything that the functions of a stack have written. */
  public async functionLogs(stack: string): Promise<string[]> {
    // Asked by name, because all groups of the account do not fit into one answer.
    const { body } = await this.json('logs', 'Logs_20140328.DescribeLogGroups', { logGroupNamePattern: stack });
    const groups = (JSON.parse(body) as { logGroups?: { logGroupName: string }[] }).logGroups ?? [];
    const replies = await Promise.all(groups.map(async ({ logGroupName }) => this.json('logs', 'Logs_20140328.FilterLogEvents', { logGroupName })));
    const events = replies.flatMap(({ body: text }) => (JSON.parse(text) as { events?: { message: string }[] }).events ?? []);
    return events.map(({ message }) => message.trimEnd());
  }

  private async cloudFormation(parameters: Readonly<Record<string, string>>): Promise<Reply> {
    return this.query('cloudformation', '2010-05-15', parameters);
  }

  private async dynamodb(operation: string, input: object): Promise<Reply> {
    return this.json('dynamodb', `DynamoDB_20120810.${operation}`, input);
  }

  private async json(service: string, target: string, input: object): Promise<Reply> {
    return this.call(service, { headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target }, body: JSON.stringify(input) });
  }

  private async query(service: string, version: string, parameters: Readonly<Record<string, string>>): Promise<Reply> {
    const body = new URLSearchParams({ Version: version, ...parameters }).toString();
    return this.call(service, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
  }

  private async call(service: string, { method = 'POST', path = '/', headers = {}, body }: Message): Promise<Reply> {
    // ministack reads whose call it is and for which service, and believes it.
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(`${this.endpoint}${path}`, { method, headers: { ...headers, authorization }, body });
    return { ok: response.ok, body: await response.text() };
  }
}

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, content]) => content);
}

function element(xml: string, name: string): string {
  return elements(xml, name)[0] ?? '';
}
