import type { Template } from '../../../simulator';
import type { GuardedOperation } from '../history';

type Body = { Type: string; Properties?: Record<string, any>; DependsOn?: string[] | string };
type Bodies = Record<string, Body>;
/** Changes a copy of the resources of a template in one way. */
export type Spoil = (resources: Bodies, operation: GuardedOperation) => void;

const BACKUP = /^Custom::OnDemandBackup(Wait)?$/;
const FINAL = 'Custom::OnDemandBackupFinal';

const ofType = (resources: Bodies, type: RegExp): [string, Body][] => Object.entries(resources).filter(([, { Type }]) => type.test(Type));
const extension = ({ Properties }: Body): Record<string, any> => Properties!.OnDemandBackup;
const dependencies = ({ DependsOn = [] }: Body): string[] => [DependsOn].flat();

/** The template with something in it spoiled. */
export function spoiled(template: Template, operation: GuardedOperation, spoil: Spoil): Template {
  const copy = JSON.parse(JSON.stringify(template)) as { Resources: Bodies };
  spoil(copy.Resources, operation);
  return copy as unknown as Template;
}

/** The fingerprint of what is gated says no more than this. */
export const fingerprintOf = (what: (operation: GuardedOperation) => unknown): Spoil => (resources, operation) =>
  ofType(resources, BACKUP).map(([, body]) => extension(body)).filter(({ Gated }) => Gated).forEach((each) => {
    each.Gated = JSON.stringify(what(operation) ?? 'always the same');
  });

export const withoutWatch: Spoil = (resources) => ofType(resources, BACKUP).forEach(([, body]) => delete extension(body).Watch);

/** Nothing waits for a backup. */
export const withoutDependsOn: Spoil = (resources) => {
  const backups = new Set(ofType(resources, BACKUP).map(([id]) => id));
  Object.values(resources).forEach((body) => {
    if (!BACKUP.test(body.Type) && body.Type !== FINAL) body.DependsOn = dependencies(body).filter((id) => !backups.has(id));
  });
};

/** The guard of the orders comes after them, and finds what has been made of them. */
export const guardAfterSource: Spoil = (resources, operation) => {
  withoutDependsOn(resources, operation);
  const [orders] = ofType(resources, /^AWS::DynamoDB::Table$/).find(([id]) => id.startsWith('Orders')) ?? [];
  ofType(resources, BACKUP).filter(([id]) => id.startsWith('OrdersBackupGuard')).forEach(([, body]) => {
    if (orders) body.DependsOn = [...dependencies(body), orders];
  });
};

/** The final backup waits for nothing but what it refers to. */
export const finalWithoutDependents: Spoil = (resources) => ofType(resources, new RegExp(FINAL)).forEach(([, body]) => {
  body.DependsOn = dependencies(body).filter((id) => resources[id].Type.startsWith('AWS::IAM'));
});

/** What guards stands in a stack that does not hold the source. */
export const guardInWrongStack: Spoil = (resources) => {
  const named = ofType(resources, BACKUP).map(([, body]) => extension(body)).filter(({ SourceLogicalId }) => SourceLogicalId);
  named.forEach((each) => { each.SourceLogicalId = `${String(each.SourceLogicalId)}Elsewhere`; });
};

/** The permissions of all backups stand in one policy, which shrinks as soon as one of them leaves. */
export const onePolicy: Spoil = (resources) => {
  const [[first, kept], ...others] = ofType(resources, /^AWS::IAM::Policy$/).filter(([, body]) => /StartBackupJob/.test(JSON.stringify(body)));
  const statements = [kept, ...others.map(([, body]) => body)].flatMap((body) => body.Properties!.PolicyDocument.Statement as unknown[]);
  kept.Properties!.PolicyDocument.Statement = statements;
  others.forEach(([id]) => delete resources[id]);
  const gone = new Set(others.map(([id]) => id));
  Object.values(resources).forEach((body) => {
    const wanted = dependencies(body).map((id) => gone.has(id) ? first : id);
    if (wanted.includes(first)) body.DependsOn = [...new Set(wanted)];
  });
};
