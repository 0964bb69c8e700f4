import { parseArn, rowsOfArn } from '../../src/arn-view';
import { PropsView, SourceView } from '../../src/validation/props-view';
import { RenderedResource, RenderedView } from '../../src/validation/rendered-view';
import { StackView } from '../../src/validation/stack-view';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
export const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
export const BUCKET = 'arn:aws:s3:::receipts';
export const VOLUME = `arn:aws:ec2:${REGION}:${ACCOUNT}:volume/vol-1`;
export const INSTANCE = `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-1`;
export const FILE_SYSTEM = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/fs-1`;
export const DB_INSTANCE = `arn:aws:rds:${REGION}:${ACCOUNT}:db:orders`;
export const DB_CLUSTER = `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:orders`;
export const LUSTRE = `arn:aws:fsx:${REGION}:${ACCOUNT}:file-system/fs-1`;
export const DSQL = `arn:aws:dsql:${REGION}:${ACCOUNT}:cluster/c1`;
export const REDSHIFT = `arn:aws:redshift:${REGION}:${ACCOUNT}:cluster:c1`;
export const DAY = 86_400;
export const MINUTE = 60;

/** A source by its ARN, `{token}` for what is only known at deployment. */
export function sourceView(arn: string, more: Partial<SourceView> = {}): SourceView {
  const view = parseArn(arn);
  const types = [...new Set(rowsOfArn(view).map((row) => row.type))];
  return {
    arn: view,
    place: { account: view.account || undefined, region: view.region || undefined },
    type: types.length === 1 ? types[0] : undefined,
    surroundingStack: false,
    ...more,
  };
}

/** Props with nothing wrong about them. */
export function propsView(more: Partial<PropsView> = {}): PropsView {
  return {
    place: { account: ACCOUNT, region: REGION },
    source: sourceView(TABLE),
    keepForever: false,
    recoveryPointTags: [],
    waits: false,
    stopsJob: false,
    trigger: { kind: 'ONCE', repeats: false },
    jobIdOutput: true,
    ...more,
  };
}

/** A resource of the stack of the backup. */
export function rendered(type: string, properties: RenderedResource['properties'] = {}, more: Partial<RenderedResource> = {}): RenderedResource {
  return { path: 'Stack/It', type, sameStack: true, properties, deletionPolicy: 'Retain', updateReplacePolicy: 'Retain', ...more };
}

/** A backup whose vault and role this app does not define. */
export function renderedView(more: Partial<RenderedView> = {}): RenderedView {
  return { source: sourceView(TABLE), vault: { own: false }, role: { own: false }, windowsVss: false, keys: [], backups: [], ...more };
}

/** A stack with nothing in it. */
export function stackView(more: Partial<StackView> = {}): StackView {
  return { stackName: 'stack', region: REGION, resources: {}, graph: new Map(), outputs: [], resourceLimit: 500, own: [], paths: {}, ...more };
}
