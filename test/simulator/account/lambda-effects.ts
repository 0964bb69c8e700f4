import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Effects, Physical } from '../cloudformation/ordinary';
import { isObject } from '../cloudformation/template';
import { IamAccount } from '../iam/account';
import { LambdaService } from '../lambda/service';

/** Which functions are run; all others are answered for. */
export type IsOwn = (candidate: { readonly logicalId: string; readonly directory: string; readonly handler: string }) => boolean;

/** Everything from a Node.js bundle but the handlers that the CDK brings along. */
export const notOfTheCdk: IsOwn = ({ logicalId, directory, handler }) =>
  !existsSync(join(directory, '__entrypoint__.js')) && !/^(AWS679f53fac|LogRetentionaae0aa3c)/.test(logicalId)
  && ['.js', '.cjs', '.mjs'].some((extension) => existsSync(join(directory, handler.slice(0, handler.lastIndexOf('.'))) + extension));

/** Functions of stacks become runnable, and what they cannot do without is watched. */
export class LambdaEffects implements Effects {
  private readonly logGroups = new Map<string, string>();
  private readonly deletedLogGroups = new Set<string>();
  private readonly knownRoles = new Set<string>();

  constructor(
    private readonly lambda: LambdaService,
    private readonly iam: IamAccount,
    private readonly asset: (key: string) => string | undefined,
    private readonly isOwn: IsOwn,
  ) {}

  public created(resource: Physical): void {
    if (resource.type === 'AWS::IAM::Role') this.knownRoles.add(String(resource.attributes.Arn));
    if (resource.type === 'AWS::Logs::LogGroup') this.deletedLogGroups.delete(resource.physicalId);
    if (resource.type === 'AWS::Lambda::Function') this.put(resource);
  }

  public updated(resource: Physical): void {
    if (resource.type === 'AWS::Lambda::Function') this.put(resource);
  }

  public deleted(resource: Physical): void {
    if (resource.type === 'AWS::Logs::LogGroup') this.deletedLogGroups.add(resource.physicalId);
    if (resource.type === 'AWS::Lambda::Function') this.lambda.remove(String(resource.attributes.Arn));
  }

  /** What a request to this function lacks: it would fail, or leave no trace. */
  public missing(functionArn: string): string | undefined {
    const called = this.lambda.find(functionArn);
    if (!called) return this.lambda.wasRemoved(functionArn) ? `its function ${functionArn} is gone` : undefined;
    if (this.knownRoles.has(called.roleArn) && !this.iam.role(called.roleArn)) return `the role ${called.roleArn} of its function is gone`;
    const group = this.logGroups.get(called.arn) ?? '';
    return this.deletedLogGroups.has(group) ? `the log group ${group} of its function is gone` : undefined;
  }

  private put({ physicalId, logicalId, properties, attributes }: Physical): void {
    const code = isObject(properties.Code) ? properties.Code : {};
    const directory = code.S3Key === undefined ? undefined : this.asset(String(code.S3Key));
    const handler = String(properties.Handler ?? '');
    const own = directory !== undefined && String(properties.Runtime).startsWith('nodejs') && this.isOwn({ logicalId, directory, handler });
    const logging = isObject(properties.LoggingConfig) ? properties.LoggingConfig.LogGroup : undefined;
    const environment = isObject(properties.Environment) && isObject(properties.Environment.Variables) ? properties.Environment.Variables : {};
    this.logGroups.set(String(attributes.Arn), String(logging ?? `/aws/lambda/${physicalId}`));
    this.lambda.put({
      arn: String(attributes.Arn),
      name: physicalId,
      roleArn: String(properties.Role),
      directory: own ? directory : undefined,
      handler,
      timeoutSeconds: Number(properties.Timeout ?? 3),
      memory: Number(properties.MemorySize ?? 128),
      environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value as string)])),
      reservedConcurrency: properties.ReservedConcurrentExecutions === undefined ? undefined : Number(properties.ReservedConcurrentExecutions),
    });
  }
}
