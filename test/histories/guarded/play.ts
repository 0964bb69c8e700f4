import { EATER, INVOICE_VAULT, synthesizedCode, TableName, TABLES } from './app';
import { LocalAws, Machine, OperationResult, Template } from '../../simulator';
import { accountFor } from '../account';
import type { GuardedHistory, GuardedOperation } from './history';
import { ACCOUNT } from '../synthesized';

/** What was there before an operation. */
export interface Before {
  /** ARNs of the tables that the stack has. */
  readonly arns: Partial<Record<TableName, string>>;
  readonly contents: Readonly<Record<string, string | undefined>>;
}

/** One operation as it went. */
export interface GuardedPlayed {
  readonly operation: GuardedOperation;
  readonly before: Before;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly result: OperationResult;
}

export interface GuardedPlay {
  readonly aws: LocalAws;
  readonly history: GuardedHistory;
  readonly played: readonly GuardedPlayed[];
}

/** What plays instead of what is shipped. */
export interface GuardedCast {
  /** Folder of an assembly with another bundle. */
  readonly bundle?: string;
  /** Another template than the synthesized one. */
  readonly template?: (template: Template, operation: GuardedOperation) => Template;
}

const STACK = 'Shop';
const SECOND = 1000;

/** Plays a history in a new account. */
export async function playGuarded(history: GuardedHistory, machine: Machine, cast: GuardedCast = {}): Promise<GuardedPlay> {
  let current: GuardedOperation | undefined;
  const aws = await accountFor(history, machine, {
    resourceFaults: ({ logicalId, type, action, rollback }) => current && doesFail(current, nameOf(logicalId, type), action, rollback) ? `${logicalId} does not want to` : undefined,
  });
  aws.backup.putVault({ name: INVOICE_VAULT });
  aws.sources.emptiedBy(STACK, EATER, () => before(aws).arns.Orders);

  const played: GuardedPlayed[] = [];
  for (const operation of history.operations) {
    const act = actionFor(aws, operation, cast);
    if (!act) continue;
    current = operation;
    if (operation.writes) Object.values(before(aws).arns).forEach((arn) => aws.sources.write(arn));
    operation.jobs.forEach((plan, i) => aws.backup.plans.script(plan, i < operation.jobs.length - 1 ? { times: 1 } : {}));
    const startedAt = aws.clock.now();
    const known = before(aws);
    cancelLater(aws, operation);
    const result = await act();
    played.push({ operation, before: known, startedAt, endedAt: aws.clock.now(), result });
    await aws.clock.advance(operation.pauseMinutes * 60 * SECOND + 1);
  }
  // Late events and jobs still come.
  await aws.clock.advance(7 * 3600 * SECOND);
  return { aws, history, played };
}

export const arnOf = (tableId: string): string => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${tableId}`;

/** The name in the app of a resource; undefined for one that is not the user's. */
export function nameOf(logicalId: string, type: string): GuardedOperation['fails'] {
  const named = { 'AWS::DynamoDB::Table': TABLES, 'AWS::SNS::Topic': ['Topic'] as const, 'Custom::Migration': ['Migration'] as const }[type] ?? [];
  return named.find((name) => logicalId.startsWith(name));
}

function doesFail(operation: GuardedOperation, name: GuardedOperation['fails'], action: string, isRollback: boolean): boolean {
  if (name === undefined || isRollback) return false;
  return action === 'DELETE' ? operation.deletionFails === name : operation.kind === 'deploy' && operation.fails === name;
}

function before(aws: LocalAws): Before {
  const there = Object.values(aws.stack(STACK)?.gone ? {} : aws.resources(STACK))
    .filter(({ type, physicalId, status }) => type === 'AWS::DynamoDB::Table' && physicalId && !/^(DELETE_COMPLETE|CREATE_FAILED)$/.test(status));
  const arns = Object.fromEntries(there.map(({ logicalId, type, physicalId }) => [nameOf(logicalId, type)!, arnOf(physicalId!)]));
  return { arns, contents: Object.fromEntries(Object.values(arns).map((arn) => [arn, aws.sources.content(arn)])) };
}

function cancelLater(aws: LocalAws, { cancelAfter }: GuardedOperation): void {
  if (cancelAfter === undefined) return;
  aws.clock.at(aws.clock.now() + cancelAfter * SECOND, () => {
    if (aws.stack(STACK)?.status === 'UPDATE_IN_PROGRESS') aws.cancel(STACK);
  });
}

/** Undefined where the stack is in a state in which nobody could do this. */
function actionFor(aws: LocalAws, operation: GuardedOperation, { bundle, template: change }: GuardedCast): (() => Promise<OperationResult>) | undefined {
  const stack = aws.stack(STACK);
  const exists = stack !== undefined && !stack.gone;
  if (operation.kind === 'destroy') return exists ? async () => aws.destroy(STACK) : undefined;
  if (exists && /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(stack.status)) return undefined;
  const { template, assembly } = synthesizedCode(operation.code);
  const { billing, key, release, topic, invoices, tag } = operation.parameters;
  const parameters = {
    Billing: billing === 1 ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    Key: `key-${key}`,
    Release: String(release),
    TopicName: `topic-${topic}`,
    HasInvoices: invoices ? 'yes' : 'no',
    Tag: `build-${tag}`,
  };
  return async () => aws.deploy(STACK, { template: change?.(template, operation) ?? template, assembly: bundle ?? assembly }, { parameters, rollback: operation.rollback });
}
