import { Recorder } from '../recorder';

/** What can be backed up, and what is in it. ARNs that no stack has made are taken for resources that exist elsewhere. */
export class Sources {
  private readonly known = new Map<string, { content: number | 'empty'; gone: boolean }>();
  private readonly eaters: { readonly stack: string; readonly logicalId: string; readonly arn: () => string | undefined }[] = [];

  constructor(recorder: Recorder, partition: string) {
    recorder.listen((entry) => {
      if (entry.kind === 'request' && entry.requestType === 'Delete' && entry.event.ResourceType === 'Custom::S3AutoDeleteObjects') {
        const { BucketName } = entry.event.ResourceProperties as Readonly<Record<string, string>>;
        this.empty(`arn:${partition}:s3:::${BucketName}`);
      }
      if (entry.kind === 'stack' && entry.status === 'DELETE_IN_PROGRESS') {
        for (const { stack, logicalId, arn } of this.eaters) {
          if (stack === entry.stack && logicalId === entry.logicalId) this.empty(arn());
        }
      }
    });
  }

  public exists(arn: string): void {
    this.known.set(arn, { content: 1, gone: false });
  }

  public gone(arn: string): void {
    this.known.set(arn, { content: this.known.get(arn)?.content ?? 1, gone: true });
  }

  /** Something is written into it: its content is another one from now on. */
  public write(arn: string): void {
    const entry = this.known.get(arn) ?? { content: 1, gone: false };
    this.known.set(arn, { ...entry, content: entry.content === 'empty' ? 1 : entry.content + 1 });
  }

  public empty(arn: string | undefined): void {
    if (arn !== undefined) this.known.set(arn, { content: 'empty', gone: this.known.get(arn)?.gone ?? false });
  }

  /** The deletion of that resource empties a source, as auto-delete of objects does. */
  public emptiedBy(stack: string, logicalId: string, arn: () => string | undefined): void {
    this.eaters.push({ stack, logicalId, arn });
  }

  public state(arn: string): 'exists' | 'gone' {
    return this.known.get(arn)?.gone ? 'gone' : 'exists';
  }

  public content(arn: string): string | undefined {
    const entry = this.known.get(arn);
    if (entry?.gone) return undefined;
    return entry?.content === 'empty' ? 'empty' : `version ${entry?.content ?? 1}`;
  }
}
