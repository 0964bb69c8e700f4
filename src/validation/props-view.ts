import { Duration, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { readArn, referenceOf } from '../arn';
import { ArnView } from '../arn-view';
import { BackupCompletionKind, BackupTimeoutAction } from '../backup-completion';
import { BackupSource } from '../backup-source';
import { inKeyOrder } from '../canonical';
import { OnDemandBackupProps } from '../on-demand-backup-props';

/** The props as plain values: what the rules over props look at. */
export interface PropsView {
  /** Where the backup is deployed. */
  readonly place: PlaceView;
  readonly source?: SourceView;
  readonly vault?: VaultView;
  readonly role?: { readonly arn: ArnView };
  /** Seconds, as all durations. */
  readonly startWindow?: Given<number>;
  readonly completionWindow?: Given<number>;
  readonly moveToColdStorageAfter?: Given<number>;
  readonly deleteAfter?: Given<number>;
  readonly keepForever: boolean;
  readonly optInToArchive?: boolean;
  readonly recoveryPointTags: readonly TagView[];
  readonly windowsVss?: boolean;
  readonly backupAcls?: boolean;
  readonly backupObjectTags?: boolean;
  readonly index?: string;
  readonly logicallyAirGappedVault?: VaultView;
  /** The deployment waits for the backup. */
  readonly waits: boolean;
  /** A timeout stops the job. */
  readonly stopsJob: boolean;
  readonly trigger: { readonly kind: string; readonly repeats: boolean };
  readonly idempotencyToken?: Given<string>;
  readonly jobIdOutput: boolean;
  readonly jobIdExportName?: Given<string>;
}

/** A value that was given; undefined within where it is only known at deployment. */
export interface Given<T> {
  readonly value?: T;
}

/** Account and Region, each where it is known at synthesis. */
export interface PlaceView {
  readonly account?: string;
  readonly region?: string;
}

export interface SourceView {
  readonly arn: ArnView;
  readonly place: PlaceView;
  /** Name of the resource type, as given or inferred. */
  readonly type?: string;
  /** CloudFormation type of the resource of this app that it is. */
  readonly cloudFormationType?: string;
  /** Of that resource, if it has one. */
  readonly fileSystemType?: string;
  /** The resource of this app that the ARN begins with. */
  readonly reference?: ReferenceView;
  /** It is the stack that the backup is deployed with, or one around it. */
  readonly surroundingStack: boolean;
}

export interface ReferenceView {
  readonly cloudFormationType: string;
  /** Name of the attribute, or `Ref`. */
  readonly attribute: string;
  /** Text behind it. */
  readonly suffix: string;
}

export interface VaultView {
  /** Where it is known. */
  readonly name?: string;
  readonly place: PlaceView;
}

export interface TagView {
  /** Undefined where it is only known at deployment, as with `value`. */
  readonly key?: string;
  readonly value?: string;
}

/** Turns the props of a backup in the given scope into plain values. */
export function viewOf(scope: IConstruct, props: OnDemandBackupProps): PropsView {
  const { vault, role, logicallyAirGappedVault: airGapped, backupOptions, trigger } = props;
  return {
    place: placeOf(Stack.of(scope)),
    source: props.source && sourceView(scope, props.source),
    vault: vault && { name: known(vault.backupVaultRef.backupVaultName), place: placeOfArn(readArn(vault.backupVaultRef.backupVaultArn), vault.env) },
    role: role && { arn: readArn(role.roleRef.roleArn) },
    startWindow: seconds(props.startWindow),
    completionWindow: seconds(props.completionWindow),
    moveToColdStorageAfter: seconds(props.moveToColdStorageAfter),
    deleteAfter: seconds(props.deleteAfter),
    keepForever: props.keepForever ?? false,
    optInToArchive: props.optInToArchive,
    recoveryPointTags: Object.entries(inKeyOrder(props.recoveryPointTags ?? {})).map(([key, value]) => ({ key: known(key), value: known(value) })),
    windowsVss: backupOptions?.windowsVss,
    backupAcls: backupOptions?.backupAcls,
    backupObjectTags: backupOptions?.backupObjectTags,
    index: props.index,
    logicallyAirGappedVault: airGapped
      && { name: known(airGapped.logicallyAirGappedBackupVaultRef.backupVaultName), place: placeOf(airGapped.env) },
    waits: props.completion?.kind === BackupCompletionKind.WAIT_FOR,
    stopsJob: props.completion?.onTimeout === BackupTimeoutAction.STOP_JOB_AND_FAIL,
    trigger: { kind: trigger?.kind ?? 'ONCE', repeats: trigger?._repeats ?? false },
    idempotencyToken: given(props.idempotencyToken),
    jobIdOutput: props.jobIdOutput ?? true,
    jobIdExportName: given(props.jobIdExportName),
  };
}

function sourceView(scope: IConstruct, source: BackupSource): SourceView {
  const arn = readArn(source.resourceArn);
  const reference = referenceOf(source.resourceArn);
  return {
    arn,
    place: placeOfArn(arn, source._environment),
    type: source.resourceType?.name,
    cloudFormationType: source.cfnResource?.cfnResourceType,
    fileSystemType: known((source.cfnResource as { readonly fileSystemType?: string } | undefined)?.fileSystemType),
    reference: reference?.suffix === undefined
      ? undefined
      : { cloudFormationType: reference.target.cfnResourceType, attribute: reference.attribute, suffix: reference.suffix },
    surroundingStack: isSurroundingStack(scope, source.resourceArn),
  };
}

function isSurroundingStack(scope: IConstruct, arn: string): boolean {
  const own: Stack[] = [];
  for (let stack: Stack | undefined = Stack.of(scope); stack; stack = stack.nestedStackParent) {
    own.push(stack);
  }
  return Tokenization.reverseString(arn).tokens.some((token) => own.some((stack) => Reference.isReference(token)
    ? token.target === stack.nestedStackResource || token.displayName === 'AWS::StackId' && Stack.of(token.target) === stack
    // The id of a nested stack is another one within it than outside of it.
    : JSON.stringify(stack.resolve(token)) === OWN_ID));
}

const OWN_ID = JSON.stringify({ Ref: 'AWS::StackId' });

function placeOf(environment: { readonly account: string; readonly region: string } | undefined): PlaceView {
  return { account: known(environment?.account), region: known(environment?.region) };
}

/** What the ARN says wins: an imported resource has the environment of the stack it was imported into. */
function placeOfArn(arn: ArnView, environment: { readonly account: string; readonly region: string } | undefined): PlaceView {
  const place = placeOf(environment);
  return { account: arn.account || place.account, region: arn.region || place.region };
}

function known(text: string | undefined): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}

function given(text: string | undefined): Given<string> | undefined {
  return text === undefined ? undefined : { value: known(text) };
}

function seconds(duration: Duration | undefined): Given<number> | undefined {
  return duration && { value: duration.isUnresolved() ? undefined : duration.toSeconds({ integral: false }) };
}
