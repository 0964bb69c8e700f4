import { randomUUID } from 'crypto';
import * as fs from 'fs';
import { FileSystem } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TRIGGER_RULES } from './validation/factories';
import { assertRules } from './validation/run-rules';

/**
 * The variants of `BackupTrigger`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export enum BackupTriggerKind {
  /** `BackupTrigger.once()` */
  ONCE = 'ONCE',
  /** `BackupTrigger.onChangeOf()` and `BackupTrigger.onChangeOfFiles()` */
  ON_CHANGE_OF = 'ON_CHANGE_OF',
  /** `BackupTrigger.beforeChangesOf()` */
  BEFORE_CHANGES_OF = 'BEFORE_CHANGES_OF',
  /** `BackupTrigger.everyDeployment()` */
  EVERY_DEPLOYMENT = 'EVERY_DEPLOYMENT',
}

/**
 * Options of a trigger that looks at what is going to change.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export interface BeforeChangesOptions {
  /**
   * Top-level CloudFormation properties whose change alone is no reason for a backup, such as `Description`.
   *
   * Tags never are one: build tags on an app change with every deployment.
   *
   * @default - none beside the tags
   */
  readonly ignoreProperties?: string[];
}

/**
 * When a deployment starts a backup.
 *
 * A changed source or vault always starts one; a changed tag, window, retention or option never does:
 * it applies from the next backup on.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-on-demand-backup.html
 */
export class BackupTrigger {
  /** On the first deployment only. The default when nothing is gated. */
  public static once(): BackupTrigger {
    return new BackupTrigger(BackupTriggerKind.ONCE, []);
  }

  /**
   * On the first deployment, and whenever one of the values changes.
   *
   * The values stand in the template in clear, so they must hold no secrets. A value that is a token (a
   * parameter, an attribute of another resource) is compared by CloudFormation during the deployment.
   *
   * @param values one or more texts, for example a release or schema version; numbers are given as text
   * @throws an error if there is no value
   */
  public static onChangeOf(...values: string[]): BackupTrigger {
    assertRules('BackupTrigger.onChangeOf', TRIGGER_RULES, { prop: 'values', count: values.length });
    return new BackupTrigger(BackupTriggerKind.ON_CHANGE_OF, values);
  }

  /**
   * On the first deployment, and whenever the content of one of the files or folders changes.
   *
   * The content is read when this method is called; renaming a file inside a folder counts as a change.
   *
   * @param paths one or more files or folders, relative to the working directory
   * @throws an error if there is no path, or if a path does not exist
   */
  public static onChangeOfFiles(...paths: string[]): BackupTrigger {
    const missingPaths = paths.filter((path) => !fs.existsSync(path));
    assertRules('BackupTrigger.onChangeOfFiles', TRIGGER_RULES, { prop: 'paths', count: paths.length, missingPaths, workingDirectory: process.cwd() });
    return new BackupTrigger(BackupTriggerKind.ON_CHANGE_OF, paths.map((path) => FileSystem.fingerprint(path)));
  }

  /**
   * Before the first deployment that comes after it, and then whenever CloudFormation is going to change one of the constructs,
   * which are deployed only after the backup. The default when something is gated: what is gated.
   *
   * What counts is the final CloudFormation resources of the constructs and everything that they refer to in the same
   * stack: a changed parameter or a replaced neighbour changes them too. Tags, metadata, policies for deletion, secrets,
   * NoEcho parameters and the values behind dynamic references do not count.
   *
   * @param constructs one or more constructs, of this stack or others
   * @throws an error if there is no construct
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  public static beforeChangesOf(constructs: IConstruct[], options: BeforeChangesOptions = {}): BackupTrigger {
    assertRules('BackupTrigger.beforeChangesOf', TRIGGER_RULES, { prop: 'constructs', count: constructs.length });
    return new BackupTrigger(BackupTriggerKind.BEFORE_CHANGES_OF, [], constructs, options.ignoreProperties);
  }

  /**
   * On every deployment.
   *
   * @param id what tells one deployment from the next, for example a build number; without it every synthesis
   * counts as one and makes a new template, so that `cdk diff` always shows a change. A pipeline that deploys
   * one synthesized assembly again starts no further backup, because CloudFormation sees no change.
   */
  public static everyDeployment(id?: string): BackupTrigger {
    return new BackupTrigger(BackupTriggerKind.EVERY_DEPLOYMENT, [id ?? randomUUID()]);
  }

  private constructor(
    /** Name of the variant, for policy checks. */
    public readonly kind: BackupTriggerKind,
    /**
     * What CloudFormation compares between two deployments.
     * @internal
     */
    public readonly _values: string[],
    /**
     * What is looked at for changes.
     * @internal
     */
    public readonly _constructs: IConstruct[] = [],
    /** @internal */
    public readonly _ignoreProperties: string[] = [],
  ) {}

  /**
   * Whether more than one backup is to be expected.
   * @internal
   */
  public get _repeats(): boolean {
    return this.kind !== BackupTriggerKind.ONCE;
  }
}
