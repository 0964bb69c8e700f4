import type { Call, Crash, Delivery, LambdaFaults, NetworkFault, NetworkFaults } from '../simulator';
import type { Scripted } from './scripted';
import { Random } from '../simulator/random';

/** What a history says about what goes wrong. */
type Disturbed = Pick<Scripted, 'seed' | 'disturbance' | 'backupUndocumented'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Never more in a row: after that nobody could answer in time. */
const LONGEST_SERIES = 2;

/** What goes wrong around the function. Everything passes: nothing that keeps an answer from being possible. */
export function lambdaFaults({ seed, disturbance, backupUndocumented }: Disturbed): LambdaFaults {
  const random = new Random(seed).fork('lambda faults');
  const series = new Map<string, number>();
  const happens = (chance: number, key: string): boolean => {
    const before = series.get(key) ?? 0;
    const happened = before < LONGEST_SERIES && random.next() < chance;
    series.set(key, happened ? before + 1 : 0);
    return happened;
  };
  // Where tokens are not remembered at all, two deliveries in the same instant cannot know of each other, and Lambda repeats crashed ones after minutes.
  const apart = backupUndocumented.tokenLifetimeMinutes === 0 ? 10 * MINUTE : 0;
  return {
    crash: ({ mode, payload }): Crash | undefined => {
      const { RequestId } = JSON.parse(payload) as { RequestId?: string };
      if (!happens(disturbance.crashes, `${mode} ${RequestId ?? ''}`)) return undefined;
      return random.next() < 0.2
        ? { afterMilliseconds: random.between(1, 2000) }
        : { call: random.between(0, 4), when: random.next() < 0.5 ? 'before' : 'after' };
    },
    deliver: (): Delivery | undefined => {
      if (random.next() >= disturbance.deliveries) return undefined;
      const delay = random.next() < 0.3 ? random.between(0, 5 * MINUTE) : 0;
      const often = random.between(0, 2);
      return { delay, duplicates: Array.from({ length: often }, (_, i) => delay + (i + 1) * apart + late(random)) };
    },
    throttle: () => happens(disturbance.throttles, 'throttle'),
  };
}

function late(random: Random): number {
  const kind = random.next();
  return kind < 0.4 ? random.between(0, 2000) : kind < 0.8 ? random.between(0, 20 * MINUTE) : random.between(0, 6 * HOUR);
}

export function networkFaults({ seed, disturbance, backupUndocumented }: Disturbed, isDenied: () => boolean): NetworkFaults {
  const random = new Random(seed).fork('network faults');
  const series = new Map<string, number>();
  return (call: Call): NetworkFault | undefined => {
    if (call.operation === 'DescribeStacks' && isDenied()) {
      return { kind: 'error', type: 'AccessDenied', message: 'is not authorized to perform: cloudformation:DescribeStacks', status: 403 };
    }
    const before = series.get(call.operation) ?? 0;
    const happens = before < LONGEST_SERIES && random.next() < disturbance.calls;
    series.set(call.operation, happens ? before + 1 : 0);
    if (!happens) return undefined;
    const fault = faultOf(random, call, random.next() < 0.5);
    // Where tokens are not remembered, a delivery cannot know of a call that is still on its way when the delivery before has died.
    const isUnknowable = fault.kind === 'delay' && call.operation === 'StartBackupJob' && backupUndocumented.tokenLifetimeMinutes === 0;
    return isUnknowable ? undefined : fault;
  };
}

function faultOf(random: Random, { service }: Call, after: boolean): NetworkFault {
  const kinds: NetworkFault[] = [
    { kind: 'reset', after },
    { kind: 'hang', after },
    { kind: 'status', status: 503, after },
    { kind: 'delay', milliseconds: random.between(100, 4000) },
  ];
  const errors: NetworkFault[] = service === 'answer' ? [] : [{ kind: 'error', type: 'ThrottlingException', message: 'Rate exceeded', status: 400 }];
  return [...kinds, ...errors][random.between(0, kinds.length + errors.length - 1)];
}
