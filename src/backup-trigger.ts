import { randomUUID } from 'crypto';
import * as fs from 'fs';
import { FileSystem } from 'aws-cdk-lib';

/** The variants of `BackupTrigger`. */
export enum BackupTriggerKind {
  /** `BackupTrigger.once()` */
  ONCE = 'ONCE',
  /** `BackupTrigger.onChangeOf()` and `BackupTrigger.onChangeOfFiles()` */
  ON_CHANGE_OF = 'ON_CHANGE_OF',
  /** `BackupTrigger.everyDeployment()` */
  EVERY_DEPLOYMENT = 'EVERY_DEPLOYMENT',
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
    if (values.length === 0) {
      throw new Error('BackupTrigger.onChangeOf: got no values, expected at least one; use BackupTrigger.once() for a backup that never repeats');
    }
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
    if (paths.length === 0) {
      throw new Error('BackupTrigger.onChangeOfFiles: got no paths, expected at least one; use BackupTrigger.once() for a backup that never repeats');
    }
    const missing = paths.filter((path) => !fs.existsSync(path));
    if (missing.length > 0) {
      throw new Error(`BackupTrigger.onChangeOfFiles: got paths that do not exist: ${missing.join(', ')}; they are relative to ${process.cwd()}`);
    }
    return new BackupTrigger(BackupTriggerKind.ON_CHANGE_OF, paths.map((path) => FileSystem.fingerprint(path)));
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
  ) {}

  /**
   * Whether more than one backup is to be expected.
   * @internal
   */
  public get _repeats(): boolean {
    return this.kind !== BackupTriggerKind.ONCE;
  }
}
