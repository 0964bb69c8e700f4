import { CfnCondition, CfnParameter, CfnResource, CustomResource, Duration, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sns from 'aws-cdk-lib/aws-sns';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../../../src';
import { ACCOUNT, synthesizedOnce } from '../synthesized';

/** How a table is protected. */
export type Protection = 'absent' | 'plain' | 'guard' | 'final';

/** What the code of a deployment says; everything else is a parameter of the stack. */
export interface Code {
  readonly orders: Protection;
  readonly invoices: Protection;
  /** Whether a backup of the orders gates the migration. */
  readonly gate: boolean;
  /** A change in place, made with an escape hatch. */
  readonly expires: boolean;
  /** A change that replaces the orders. */
  readonly sorted: boolean;
  readonly retained: boolean;
  readonly timeoutHours: 1 | 3;
}

export const TABLES = ['Orders', 'Invoices'] as const;
export type TableName = (typeof TABLES)[number];
/** Deleted beside the orders, and takes what is in them along. */
export const EATER = 'Eater';
/** The vault of the invoices is another one, so the permissions of the two sources are apart. */
export const INVOICE_VAULT = 'company-vault';

/** The template of some code. */
export const synthesizedCode = synthesizedOnce(build);

/** Two tables that may be guarded, a migration that may be gated, a sibling that both refer to, and what empties a table. */
function build(stack: Stack, code: Code): void {
  const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
  const parameters = { billing: parameter('Billing'), key: parameter('Key'), release: parameter('Release') };
  const topic = new sns.CfnTopic(stack, 'Topic', { topicName: parameter('TopicName') });
  const wanted = new CfnCondition(stack, 'WithInvoices', { expression: Fn.conditionEquals(parameter('HasInvoices'), 'yes') });
  const orders = code.orders === 'absent' ? undefined : ordersOf(stack, code, topic, parameters);
  if (code.invoices !== 'absent') {
    const vault = backup.BackupVault.fromBackupVaultName(stack, 'InvoiceVault', INVOICE_VAULT);
    const invoices = table(stack, 'Invoices', parameters.billing);
    l1Of(invoices).cfnOptions.condition = wanted;
    protect(invoices, code.invoices, code, { vault });
  }
  const migration = new CustomResource(stack, 'Migration', {
    serviceToken: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:foreign`,
    resourceType: 'Custom::Migration',
    properties: { Release: parameters.release, Topic: topic.ref },
  });
  if (code.gate && orders) {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(orders), deleteAfter: Duration.days(400), executeBefore: [migration] });
  }
  Tags.of(stack).add('build', parameter('Tag'), { includeResourceTypes: ['AWS::DynamoDB::Table'] });
}

function ordersOf(stack: Stack, code: Code, topic: sns.CfnTopic, { billing, key }: { readonly billing: string; readonly key: string }): dynamodb.Table {
  const orders = table(stack, 'Orders', billing, code);
  const l1 = l1Of(orders);
  l1.addPropertyOverride('KeySchema.0.AttributeName', key);
  l1.addPropertyOverride('AttributeDefinitions.0.AttributeName', key);
  l1.addPropertyOverride('KinesisStreamSpecification.StreamArn', topic.ref);
  if (code.expires) l1.addPropertyOverride('TimeToLiveSpecification', { AttributeName: 'expires', Enabled: true });
  new CustomResource(stack, EATER, {
    serviceToken: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:foreign`, resourceType: 'Custom::Eater', properties: { Table: orders.tableName },
  });
  protect(orders, code.orders, code);
  return orders;
}

function table(stack: Stack, id: TableName, billing: string, code?: Code): dynamodb.Table {
  const result = new dynamodb.Table(stack, id, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    sortKey: code?.sorted ? { name: 'line', type: dynamodb.AttributeType.NUMBER } : undefined,
    removalPolicy: code?.retained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  l1Of(result).addPropertyOverride('BillingMode', billing);
  return result;
}

function protect(source: dynamodb.Table, protection: Protection, code: Code, options: { readonly vault?: backup.IBackupVault } = {}): void {
  if (protection === 'plain') return;
  OnDemandBackup.guard(source, {
    ...options,
    deleteAfter: Duration.days(400),
    finalBackup: protection === 'final',
    completion: BackupCompletion.waitFor({ timeout: Duration.hours(code.timeoutHours) }),
  });
}

function l1Of(source: dynamodb.Table): CfnResource {
  return source.node.defaultChild as CfnResource;
}
