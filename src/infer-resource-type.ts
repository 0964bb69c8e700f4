import { CfnResource, Token } from 'aws-cdk-lib';
import { readArn, referenceOf } from './arn';
import { ArnView, rowsOfArn } from './arn-view';
import { ResourceFacts } from './resource-facts';
import { rowsOfCloudFormationType } from './resource-table';
import { BackupResourceType } from './resource-type';

/**
 * What kind of resource an ARN names, where its literal parts or the reference behind it tell.
 *
 * A literal service wins over the reference: `arn:aws:s3:::${table.tableName}` is a bucket.
 */
export function inferResourceType(arn: string): BackupResourceType | undefined {
  const view = readArn(arn);
  const target = referenceOf(arn)?.target;
  return view.service === undefined ? typeOfCfnResource(target) : typeOfArn(view, target);
}

function typeOfArn(arn: ArnView, target: CfnResource | undefined): BackupResourceType | undefined {
  const names = typesOf(rowsOfArn(arn));
  if (names.length === 1) {
    return BackupResourceType.of(names[0]);
  }
  const byReference = typeOfCfnResource(target);
  return byReference && names.includes(byReference.name) ? byReference : undefined;
}

/** The type of a resource of this app. */
export function typeOfCfnResource(resource: CfnResource | undefined): BackupResourceType | undefined {
  const names = resource ? typesOf(rowsOfCloudFormationType(resource.cfnResourceType)) : [];
  if (names.length > 1) {
    return typeOfEngine((resource as unknown as { engine?: unknown }).engine);
  }
  return names.length === 1 ? BackupResourceType.of(names[0]) : undefined;
}

/** The type of an `rds:cluster`, which Aurora, Multi-AZ RDS, Neptune and DocumentDB have in common. */
export function typeOfEngine(engine: unknown): BackupResourceType | undefined {
  if (typeof engine !== 'string' || Token.isUnresolved(engine)) {
    return undefined;
  }
  if (engine.startsWith('aurora')) {
    return BackupResourceType.AURORA;
  }
  return ENGINES[engine];
}

const ENGINES: { readonly [engine: string]: BackupResourceType | undefined } = {
  mysql: BackupResourceType.RDS,
  postgres: BackupResourceType.RDS,
  neptune: BackupResourceType.NEPTUNE,
  docdb: BackupResourceType.DOCUMENTDB,
};

function typesOf(rows: readonly ResourceFacts[]): string[] {
  return [...new Set(rows.map((row) => row.type))];
}
