import type { BackupExtension, WaitSettings } from '../src/request';

/** How far a backup is followed, and what may go wrong without failing the deployment. */
export interface Terms {
  readonly kind: 'FIRE_AND_FORGET' | 'CONFIRM_START' | 'WAIT_FOR';
  readonly onFailure: 'FAIL' | 'WARN';
  readonly onTimeout: 'FAIL' | 'STOP_JOB_AND_FAIL' | 'WARN';
  readonly onPartial: 'FAIL' | 'WARN';
  readonly onIssues: 'FAIL' | 'WARN';
  /** For how long, in seconds, where it waits. */
  readonly timeout?: number;
  /** Whether another resource waits on when this one's time is over. */
  readonly waitsOn: boolean;
  readonly stateMachineArn?: string;
}

/** Whatever is not said, or said in words of another version, is taken strictly. */
export function termsOf(extension: Partial<BackupExtension & WaitSettings>): Terms {
  return {
    kind: oneOf(extension.Completion, ['FIRE_AND_FORGET', 'CONFIRM_START', 'WAIT_FOR'], 'WAIT_FOR'),
    onFailure: oneOf(extension.OnFailure, ['FAIL', 'WARN'], 'FAIL'),
    onTimeout: oneOf(extension.OnTimeout, ['FAIL', 'STOP_JOB_AND_FAIL', 'WARN'], 'FAIL'),
    onPartial: oneOf(extension.OnPartial, ['FAIL', 'WARN'], 'FAIL'),
    onIssues: oneOf(extension.OnIssues, ['FAIL', 'WARN'], 'WARN'),
    timeout: Number(extension.Timeout) || undefined,
    waitsOn: String(extension.WaitsOn) === 'true',
    stateMachineArn: extension.StateMachineArn,
  };
}

function oneOf<T extends string>(value: string | undefined, known: readonly T[], otherwise: T): T {
  return known.find((name) => name === value) ?? otherwise;
}
