import { LocalAws, Machine, WorldOptions } from '../test/simulator';
import { JobPlan } from '../test/simulator/backup/plan';

/** What a deployment of one of the contenders did. All times are simulated. */
export interface Observed {
  readonly ok: boolean;
  readonly reason?: string;
  readonly seconds: number;
  readonly calls: { readonly operation: string; readonly throttled: boolean }[];
  readonly invocations: number;
  readonly transitions: number;
  /** Seconds of functions at work, and the same times their memory in GB. */
  readonly busy: number;
  readonly gigabyteSeconds: number;
  /** Executions of functions at the same time, at most. */
  readonly held: number;
  /** Seconds after the beginning of the deployment: requests to custom resources, jobs, answers. */
  readonly requested: readonly number[];
  readonly jobsStarted: readonly number[];
  readonly jobsEnded: readonly number[];
  readonly answered: readonly number[];
  readonly failures: number;
}

/** Deploys an assembly of one stack with the handlers that are in it, the CDK's own included, and looks on. */
export async function observe(machine: Machine, assembly: string, plan: Partial<JobPlan>, options: WorldOptions): Promise<Observed> {
  const aws = await LocalAws.start({ machine, isOwn: () => true, ssm: { '/cdk-bootstrap/hnb659fds/version': '30' }, ...options });
  try {
    aws.backup.plans.script(plan);
    const began = aws.clock.now();
    const result = await aws.deploy('Shop', assembly);
    const after = (time: number): number => (time - began) / 1000;
    const failed = result.events.filter(({ status, type }) => status === 'CREATE_FAILED' && type !== 'AWS::CloudFormation::Stack');
    // A custom resource that was cut short by the failure of another one tells nothing.
    const causes = failed.filter(({ reason }) => !/cancelled/i.test(reason ?? ''));
    return {
      ok: result.ok,
      reason: causes[0]?.reason,
      seconds: after(began + result.duration),
      calls: aws.recorder.of('call').filter(({ service }) => service === 'backup').map(({ operation, outcome }) => ({ operation, throttled: /Throttl/.test(outcome) })),
      transitions: aws.states.executions().reduce((total, { transitions }) => total + transitions, 0),
      ...work(aws),
      requested: aws.recorder.of('request').map(({ time }) => after(time)),
      jobsStarted: aws.backup.jobs().map(({ createdAt }) => after(createdAt)),
      jobsEnded: aws.recorder.of('backup').filter(({ what, state }) => what === 'backup job' && state === 'COMPLETED').map(({ time }) => after(time)),
      answered: aws.recorder.of('answer').filter(({ accepted }) => accepted).map(({ time }) => after(time)),
      failures: causes.length,
    };
  } finally {
    await aws.stop();
  }
}

function work(aws: LocalAws): Pick<Observed, 'invocations' | 'busy' | 'gigabyteSeconds' | 'held'> {
  const memory = new Map(Object.values(aws.resources('Shop')).map(({ physicalId, properties }) => [physicalId, Number(properties.MemorySize ?? 128) / 1024]));
  const begun = new Map<string, number>();
  let [invocations, busy, gigabyteSeconds, held] = [0, 0, 0, 0];
  for (const { id, phase, time, function: name } of aws.recorder.of('invocation')) {
    if (phase === 'start') {
      begun.set(id, time);
      invocations += 1;
      held = Math.max(held, begun.size);
    } else {
      const seconds = (time - begun.get(id)!) / 1000;
      begun.delete(id);
      busy += seconds;
      gigabyteSeconds += seconds * (memory.get(name) ?? 0.125);
    }
  }
  return { invocations, busy, gigabyteSeconds, held };
}
