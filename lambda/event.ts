import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { UserError } from './failure';
import { EXTENSION, serviceTimeoutFor, WaitSettings } from '../src/request';

/** An event of CloudFormation, with what the protocol leaves to be worked out. */
export interface ResourceEvent {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly resourceType: string;
  readonly responseUrl: string;
  /** What the last successful answer named; on Create there is none yet. */
  readonly physicalResourceId?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** When CloudFormation issued the event, in milliseconds: Lambda may deliver it hours later. */
  readonly issuedAt: number;
  /** When the answer has to be on its way, in milliseconds: CloudFormation gives up a little later. */
  readonly deadline: number;
}

/** So that an answer on its way arrives in time. */
const MARGIN_SECONDS = 15;

export function resourceEvent(event: CloudFormationCustomResourceEvent, now: number): ResourceEvent {
  const issuedAt = issueTime(event.ResponseURL) ?? now;
  return {
    type: event.RequestType,
    stackId: event.StackId,
    requestId: event.RequestId,
    logicalResourceId: event.LogicalResourceId,
    resourceType: event.ResourceType,
    responseUrl: event.ResponseURL,
    physicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : undefined,
    properties: event.ResourceProperties,
    issuedAt,
    deadline: issuedAt + (serviceTimeout(event.ResourceProperties) - MARGIN_SECONDS) * 1000,
  };
}

/** The pre-signed URL carries the time at which it was signed, as `20261122T101500Z`. */
function issueTime(responseUrl: string): number | undefined {
  const signedAt = URL.canParse(responseUrl) ? new URL(responseUrl).searchParams.get('X-Amz-Date') : null;
  const parts = signedAt?.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/);
  return parts ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`) : undefined;
}

/** Whether CloudFormation passes the property on is not documented; where it does not, it is what the construct always sets. */
function serviceTimeout(properties: Readonly<Record<string, unknown>>): number {
  const extension = properties[EXTENSION] as Partial<WaitSettings> | undefined;
  return Number(properties.ServiceTimeout) || serviceTimeoutFor(Number(extension?.Timeout) || undefined);
}

export function isOfOwnStack({ stackId }: ResourceEvent): boolean {
  return stackId === process.env.STACK_ID;
}

/** The function may only know one stack: it reads the status of no other. */
export function ofOwnStack(event: ResourceEvent): void {
  if (!isOfOwnStack(event)) {
    throw new UserError(`This function serves the stack ${process.env.STACK_ID} only. Create the OnDemandBackup in the stack that deploys it.`);
  }
}
