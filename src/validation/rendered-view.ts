import { Given, SourceView } from './props-view';

/** A backup and what it uses, as the template holds it: what the rules over rendered resources look at. */
export interface RenderedView {
  readonly source: SourceView;
  readonly sourceResource?: RenderedResource;
  readonly vault: UsedResource;
  readonly role: UsedResource;
  readonly airGappedVault?: UsedResource;
  /** Seconds. */
  readonly deleteAfter?: Given<number>;
  readonly windowsVss: boolean;
  /** As the template of the backup holds it. */
  readonly roleArn?: unknown;
  /** Of the source and of the vaults, where they name one. */
  readonly keys: readonly UsedKey[];
  /** The custom resources that the backup consists of. */
  readonly backups: readonly RenderedResource[];
}

/** A vault or a role. */
export interface UsedResource {
  /** Made by this library. */
  readonly own: boolean;
  /** Where this app defines it. */
  readonly resource?: RenderedResource;
}

/** A KMS key that something names which a backup uses. */
export interface UsedKey {
  readonly prop: string;
  /** Path of what names it. */
  readonly owner: string;
  /** Where this app defines it. */
  readonly resource?: RenderedResource;
  /** One whose policy AWS looks after. */
  readonly managedByAws: boolean;
}

/** A resource of a template. */
export interface RenderedResource {
  /** Of the construct, for people. */
  readonly path: string;
  readonly type: string;
  /** Of the same stack as the backup. */
  readonly sameStack: boolean;
  /** Values are as in the template: an intrinsic function is an object. */
  readonly properties: { readonly [name: string]: any };
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
}

/** A property as far as it is known: an intrinsic function could be anything, so it is `unknown`. */
export function literal(value: any): { readonly known: boolean; readonly value?: any } {
  if (value === null || typeof value !== 'object') {
    return { known: true, value: value ?? undefined };
  }
  const [key, ...others] = Object.keys(value);
  if (others.length === 0 && key === 'Ref' && value.Ref === 'AWS::NoValue') {
    return { known: true };
  }
  return others.length === 0 && (key === 'Ref' || key === 'Condition' || key?.startsWith('Fn::')) ? { known: false } : { known: true, value };
}

/** A property if it is a literal text or number. */
export function scalar(value: any): string | undefined {
  const seen = literal(value);
  return seen.known && seen.value !== undefined && typeof seen.value !== 'object' ? String(seen.value) : undefined;
}
