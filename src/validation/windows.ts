import { PropsView } from './props-view';
import { Finding, Rule } from './rule';
import { amount } from './text';
import { isOnly } from './types';

const START_BACKUP_JOB = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html';
const PLAN_OPTIONS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html';
const MINUTE = 60;
const MIN_START = 60;
/** 100 years. */
const MAX_WINDOW = 52_560_000;

/** The windows in which a job starts and ends. */
export const WINDOW_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'WindowWholeMinutes',
    severity: 'error',
    rule: 'AWS Backup takes windows in whole minutes.',
    remedy: 'Use Duration.minutes() with a whole number.',
    see: START_BACKUP_JOB,
    check: windows((minutes) => !Number.isInteger(minutes)),
  },
  {
    id: 'StartWindowMinimum',
    severity: 'error',
    rule: `A start window is at least ${MIN_START} minutes.`,
    remedy: `Use at least Duration.minutes(${MIN_START}), or leave it out.`,
    see: START_BACKUP_JOB,
    check: (view) => windows((minutes) => minutes < MIN_START)({ startWindow: view.startWindow }),
  },
  {
    id: 'CompletionWindowMinimum',
    severity: 'error',
    rule: 'A completion window is at least one minute.',
    remedy: 'Give the job time, or leave the prop out.',
    see: START_BACKUP_JOB,
    check: (view) => windows((minutes) => minutes < 1)({ completionWindow: view.completionWindow }),
  },
  {
    id: 'WindowMaximum',
    severity: 'error',
    rule: 'A window is at most 52,560,000 minutes (100 years).',
    remedy: 'Use a shorter window.',
    see: START_BACKUP_JOB,
    check: windows((minutes) => minutes > MAX_WINDOW),
  },
  {
    id: 'CompletionAfterStart',
    severity: 'error',
    rule: 'The completion window counts from the scheduled time, as the start window does, so it has to be longer than that one.',
    remedy: 'Use a longer completionWindow or a shorter startWindow.',
    see: PLAN_OPTIONS,
    check: ({ startWindow, completionWindow, waits }) => {
      const implied = waits ? MIN_START * MINUTE : undefined;
      const [start, completion] = [startWindow ? startWindow.value : implied, completionWindow?.value];
      return start !== undefined && completion !== undefined && completion <= start
        ? [{ prop: 'completionWindow', value: `${amount(completion)} with a startWindow of ${amount(start)}${startWindow ? '' : ', which is sent when the deployment waits'}` }]
        : [];
    },
  },
  {
    id: 'CompletionWindowIgnored',
    severity: 'warning',
    rule: 'AWS Backup does not apply a completion window to FSx.',
    remedy: 'Leave completionWindow out.',
    see: PLAN_OPTIONS,
    check: ({ source, completionWindow }) => completionWindow && isOnly(source, (row) => row.type === 'FSx')
      ? [{ prop: 'completionWindow', value: amount(completionWindow.value) }]
      : [],
  },
];

function windows(isWrong: (minutes: number) => boolean) {
  return ({ startWindow, completionWindow }: Pick<PropsView, 'startWindow' | 'completionWindow'>): Finding[] =>
    Object.entries({ startWindow, completionWindow }).flatMap(([prop, window]) => window?.value !== undefined && isWrong(window.value / MINUTE)
      ? [{ prop, value: amount(window.value) }]
      : []);
}
