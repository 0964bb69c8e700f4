import { Clock } from '../clock';
import { errorAnswer, escapeXml } from '../server/gateway';
import { Authorizer, Service, ServiceRequest, ServiceResponse } from '../service';
import { CloudFormation } from './engine';
import { Undocumented } from './options';
import { ResourceRecord, Stack } from './stack';

/** A refusal in CloudFormation's words. */
class ValidationError extends Error {}

type Xml = string;

const element = (name: string, value: string | number | boolean | undefined): Xml => value === undefined ? '' : `<${name}>${escapeXml(String(value))}</${name}>`;
const list = (name: string, members: readonly Xml[]): Xml => `<${name}>${members.map((member) => `<member>${member}</member>`).join('')}</${name}>`;
const time = (milliseconds: number | undefined): string | undefined => milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

/** What clients can ask CloudFormation: the awsQuery protocol, reading only. */
export class QueryApi implements Service {
  public readonly signingName = 'cloudformation';

  constructor(
    private readonly engine: CloudFormation,
    private readonly authorizer: Authorizer,
    private readonly clock: Clock,
    private readonly undocumented: Undocumented,
  ) {}

  // eslint-disable-next-line @typescript-eslint/require-await
  public async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const input = Object.fromEntries(new URLSearchParams(request.body));
    const action = input.Action;
    const denial = this.authorizer.denial(request.accessKeyId, { action: `cloudformation:${action}`, resource: this.resource(input.StackName) });
    if (denial !== undefined) return errorAnswer('cloudformation', 'AccessDenied', denial, 403);
    try {
      const body = `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${this.perform(action, input)}</${action}Result>`
        + `<ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ResponseMetadata></${action}Response>`;
      return { kind: 'answer', status: 200, headers: { 'content-type': 'text/xml' }, body };
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      return errorAnswer('cloudformation', 'ValidationError', error.message, 400);
    }
  }

  private perform(action: string, input: Readonly<Record<string, string>>): Xml {
    switch (action) {
      case 'DescribeStacks': {
        const stacks = input.StackName === undefined ? this.engine.all().filter((stack) => !stack.gone) : [this.stack(input.StackName)];
        return list('Stacks', stacks.map(describeStack));
      }
      case 'DescribeStackResource': {
        const stack = this.stack(input.StackName);
        return `<StackResourceDetail>${describeResource(stack, this.record(stack, input.LogicalResourceId))}</StackResourceDetail>`;
      }
      case 'DescribeStackResources':
      {
        const stack = this.stack(input.StackName);
        return list('StackResources', [...stack.resources.values()].map((record) => describeResource(stack, record)));
      }
      case 'DescribeStackEvents': {
        const stack = this.stack(input.StackName);
        return list('StackEvents', [...stack.events].reverse().map((event) => [
          element('StackId', stack.id), element('StackName', stack.name), element('LogicalResourceId', event.logicalId),
          element('PhysicalResourceId', event.physicalId), element('ResourceType', event.type), element('Timestamp', time(event.time)),
          element('ResourceStatus', event.status), element('ResourceStatusReason', event.reason),
        ].join('')));
      }
      case 'GetTemplate': return element('TemplateBody', JSON.stringify(this.stack(input.StackName).input.template));
      default: throw new ValidationError(`Could not find operation ${action} for version 2010-05-15`);
    }
  }

  private stack(nameOrId: string): Stack {
    const stack = this.engine.find(nameOrId);
    if (!stack) throw new ValidationError(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  private record(stack: Stack, logicalId: string): ResourceRecord {
    const described = stack.gone || this.undocumented.deletedResource === 'described';
    const record = stack.resources.get(logicalId) ?? (described ? stack.deleted.get(logicalId) : undefined);
    if (!record) throw new ValidationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
    return record;
  }

  private resource(nameOrId: string | undefined): string {
    if (nameOrId === undefined) return '*';
    return nameOrId.startsWith('arn:') ? nameOrId : this.engine.find(nameOrId)?.id ?? `arn:aws:cloudformation:::stack/${nameOrId}/${this.clock.now()}`;
  }
}

function describeStack(stack: Stack): Xml {
  const parameters = Object.entries(stack.input.parameters)
    .map(([key, value]) => element('ParameterKey', key) + element('ParameterValue', String(stack.input.template.Parameters?.[key]?.NoEcho ?? false) === 'true' ? '****' : String(value)));
  const outputs = Object.entries(stack.outputs).map(([key, value]) => element('OutputKey', key) + element('OutputValue', value));
  return [
    element('StackId', stack.id), element('StackName', stack.name), element('StackStatus', stack.status), element('StackStatusReason', stack.reason),
    element('CreationTime', time(stack.creationTime)), element('LastUpdatedTime', time(stack.lastUpdatedTime)), element('DeletionTime', time(stack.deletionTime)),
    element('DisableRollback', stack.disableRollback), element('ParentId', stack.family.parentId), element('RootId', stack.family.rootId),
    list('Parameters', parameters), list('Outputs', outputs), list('Capabilities', []), list('Tags', []),
    '<RollbackConfiguration></RollbackConfiguration>', element('EnableTerminationProtection', false),
    '<DriftInformation><StackDriftStatus>NOT_CHECKED</StackDriftStatus></DriftInformation>',
  ].join('');
}

function describeResource(stack: Stack, record: ResourceRecord): Xml {
  return [
    element('StackId', stack.id), element('StackName', stack.name), element('LogicalResourceId', record.logicalId),
    element('PhysicalResourceId', record.physicalId), element('ResourceType', record.type), element('ResourceStatus', record.status),
    element('ResourceStatusReason', record.reason), element('LastUpdatedTimestamp', time(record.timestamp)), element('Timestamp', time(record.timestamp)),
    '<DriftInformation><StackResourceDriftStatus>NOT_CHECKED</StackResourceDriftStatus></DriftInformation>',
  ].join('');
}
