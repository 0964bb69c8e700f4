import { LocalAws, LocalAwsOptions, Machine } from '../simulator';
import { lambdaFaults, networkFaults } from './faults';
import type { Scripted } from './scripted';

/** A new account for a history, in which things go wrong as it says. */
export async function accountFor(
  history: Scripted, machine: Machine, options: LocalAwsOptions, isStatusDenied: () => boolean = () => false,
): Promise<LocalAws> {
  const random = networkFaults(history, isStatusDenied);
  return LocalAws.start({
    machine,
    seed: history.seed,
    startTime: Date.UTC(2026, 0, 1),
    ssm: { '/cdk-bootstrap/hnb659fds/version': '30' },
    undocumented: history.undocumented,
    backupUndocumented: history.backupUndocumented,
    lambdaFaults: { ...lambdaFaults(history), ...history.lambda },
    networkFaults: (call) => history.network?.(call) ?? random(call),
    ...options,
  });
}
