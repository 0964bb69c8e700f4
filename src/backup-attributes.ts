import { CfnResource, Lazy } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupCompletion } from './backup-completion';
import { NOT_AVAILABLE, OnDemandBackupAttribute } from './request';
import { ATTRIBUTE_RULES } from './validation/factories';
import { assertRules } from './validation/run-rules';

/** A backup, as far as it decides which attributes can be known. */
interface AttributedBackup extends IConstruct {
  /** As configured, or as it follows from what is gated so far. */
  readonly completion: BackupCompletion;
}

/** What a backup answers to `Fn::GetAtt`. */
export class BackupAttributes {
  /**
   * @param resource what answers; nothing where the backup is not rendered
   * @param configured the completion that no gate changes any more
   */
  constructor(
    private readonly backup: AttributedBackup,
    private readonly resource: CfnResource | undefined,
    private readonly configured: BackupCompletion | undefined,
  ) {}

  public of(name: OnDemandBackupAttribute): string {
    return this.resource ? this.resource.getAtt(name).toString() : NOT_AVAILABLE;
  }

  /** Of a job that has ended: an error unless the deployment waits for it, at once where that is settled, else at synthesis. */
  public ofEndedJob(name: OnDemandBackupAttribute): string {
    if (this.configured) {
      this.assertKnown(name, this.configured);
    }
    return this.resource ? Lazy.string({ produce: () => this.assertKnown(name, this.backup.completion).of(name) }) : NOT_AVAILABLE;
  }

  private assertKnown(name: OnDemandBackupAttribute, { kind }: BackupCompletion): this {
    assertRules(this.backup.node.path, ATTRIBUTE_RULES, { name, completion: kind });
    return this;
  }
}
