import { Clock } from '../clock';
import { LambdaService } from '../lambda/service';
import { Random } from '../random';
import { Recorder } from '../recorder';
import { Answer, AnswerBucket } from './answers';
import { ForeignAnswer } from './options';
import { Stack } from './stack';
import { isObject, Properties, stringified } from './template';

/** One request to a custom resource. */
export interface CustomRequest {
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly properties: Properties;
  readonly oldProperties?: Properties;
  /** When it comes true CloudFormation does not wait for the answer any more. */
  readonly left?: Promise<void>;
}

/** How it ended for CloudFormation. */
export type CustomOutcome = Answer | { readonly status: 'LEFT' };

export type ForeignCustomResources = (event: Readonly<Record<string, unknown>>) => ForeignAnswer | Promise<ForeignAnswer>;

/** Custom resources: sends the events, waits for the answers. */
export class CustomResources {
  private readonly random: Random;

  constructor(
    private readonly clock: Clock,
    private readonly recorder: Recorder,
    private readonly lambda: LambdaService,
    private readonly bucket: AnswerBucket,
    private readonly foreign: ForeignCustomResources,
    /** Says what in the surroundings of a function is missing that its requests need. */
    private readonly missing: (functionArn: string) => string | undefined,
    random: Random,
  ) {
    this.random = random.fork('custom');
  }

  public async ask(stack: Stack, request: CustomRequest): Promise<CustomOutcome> {
    const token = String(request.properties.ServiceToken);
    const requestId = this.random.uuid();
    const seconds = Number(request.properties.ServiceTimeout ?? 3600);
    return new Promise<CustomOutcome>((resolve) => {
      const place = this.bucket.expect({ stackName: stack.name, stackId: stack.id, logicalId: request.logicalId, requestId }, (answer) => {
        timer.cancel();
        // CloudFormation looks for answers; it is not called by them.
        void this.clock.sleep(this.random.between(200, 3000)).then(() => resolve(answer));
      });
      const end = (outcome: CustomOutcome): void => {
        place.close();
        timer.cancel();
        resolve(outcome);
      };
      const late = 'CloudFormation did not receive a response from your Custom Resource. '
        + `Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code.`;
      const timer = this.clock.at(this.clock.now() + seconds * 1000, () => end({ status: 'FAILED', reason: late, data: {} }));
      void request.left?.then(() => end({ status: 'LEFT' }));
      const event = eventOf(stack, request, requestId, place.url);
      this.recorder.add({
        kind: 'request', stack: stack.name, logicalId: request.logicalId, requestId, requestType: request.kind, physicalId: request.physicalId, event,
      });
      this.send(token, event, end);
    });
  }

  private send(token: string, event: Readonly<Record<string, unknown>>, end: (outcome: CustomOutcome) => void): void {
    const called = this.lambda.find(token);
    const problem = this.missing(token);
    if (problem) this.recorder.violation(`${String(event.RequestType)} of ${String(event.LogicalResourceId)}: ${problem}`);
    if (called?.directory) {
      this.lambda.invokeAsync(token, JSON.stringify(event));
    } else if (this.lambda.wasRemoved(token)) {
      end({ status: 'FAILED', reason: `Function not found: ${token} (Service: Lambda, Status Code: 404)`, data: {} });
    } else {
      void this.askForeign(event, end);
    }
  }

  private async askForeign(event: Readonly<Record<string, unknown>>, end: (outcome: CustomOutcome) => void): Promise<void> {
    const answer = await this.foreign(event);
    await this.clock.sleep(this.random.between(500, 3000));
    const physicalId = answer.physicalResourceId ?? (event.PhysicalResourceId as string | undefined) ?? `${String(event.LogicalResourceId)}-${this.random.hex(8)}`;
    end({ status: answer.status, physicalId, reason: answer.reason ?? '', data: answer.data ?? {} });
  }
}

function eventOf(stack: Stack, request: CustomRequest, requestId: string, url: string): Readonly<Record<string, unknown>> {
  const properties = stringified(request.properties);
  return {
    RequestType: request.kind,
    ServiceToken: request.properties.ServiceToken,
    ResponseURL: url,
    StackId: stack.id,
    RequestId: requestId,
    LogicalResourceId: request.logicalId,
    ...(request.physicalId === undefined ? {} : { PhysicalResourceId: request.physicalId }),
    ResourceType: request.type,
    ResourceProperties: isObject(properties) ? properties : {},
    ...(request.oldProperties === undefined ? {} : { OldResourceProperties: stringified(request.oldProperties) }),
  };
}
