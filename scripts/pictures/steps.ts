import { STACK } from './scenarios';
import { Recorded } from '../../test/simulator';

export const LANES = ['CloudFormation', 'function', 'state machine', 'AWS Backup'] as const;
export type Lane = typeof LANES[number];

/** One row of a picture: somebody tells somebody else, or something is so with one of them. */
export type Step =
  | { readonly kind: 'arrow'; readonly from: Lane; readonly to: Lane; readonly text: string; readonly time: number; readonly bad?: boolean }
  | { readonly kind: 'note'; readonly lane: Lane; readonly text: string; readonly time: number; readonly bad?: boolean }
  | { readonly kind: 'more'; readonly from: Lane; readonly to: Lane; readonly text: string; readonly time: number };

/** What a person wants to see of a history, times from its begin in milliseconds. */
export function stepsOf(history: readonly Recorded[]): Step[] {
  const start = history[0].time;
  const steps = inTheOrderOfCalls(history).flatMap((entry) => stepOf(entry, entry.time - start) ?? []);
  return withoutRepetition(joined(steps));
}

/** A job is CREATED while StartBackupJob is answered, and a reader expects it after the call. */
function inTheOrderOfCalls(history: readonly Recorded[]): Recorded[] {
  const entries = [...history];
  entries.forEach((entry, i) => {
    const next = entries[i + 1];
    if (entry.kind === 'backup' && entry.state === 'CREATED' && next?.kind === 'call') {
      entries.splice(i, 2, next, entry);
    }
  });
  return entries;
}

function stepOf(entry: Recorded, time: number): Step | undefined {
  switch (entry.kind) {
    case 'stack': return stackNote(entry, time);
    case 'request': return isBackup(entry.event.ResourceType)
      ? { kind: 'arrow', from: 'CloudFormation', to: 'function', text: requestText(entry), time } : undefined;
    case 'answer': return isOfFunction(entry.logicalId) ? answerArrow(entry, time) : undefined;
    case 'invocation': return invocation(entry, time);
    case 'call': return call(entry, time);
    case 'backup': return entry.what.includes('job') ? { kind: 'note', lane: 'AWS Backup', text: `job ${entry.state}`, time, bad: entry.state === 'FAILED' } : undefined;
    case 'fault': return { kind: 'note', lane: 'function', text: 'crashes', time, bad: true };
    case 'log': case 'violation': return undefined;
  }
}

/** No history here deletes the stack: what is deleted is what an update has replaced. */
function requestText({ requestType, logicalId }: Extract<Recorded, { kind: 'request' }>): string {
  return requestType === 'Delete' ? `Delete the old ${nameOf(logicalId)}` : `${requestType} ${nameOf(logicalId)}`;
}

/** Only what a reader knows from the app; what the library adds is seen by what it does. */
function stackNote({ logicalId, status, reason }: Extract<Recorded, { kind: 'stack' }>, time: number): Step | undefined {
  const bad = status.endsWith('_FAILED') || status.includes('ROLLBACK_IN_PROGRESS');
  if (logicalId === STACK) {
    return { kind: 'note', lane: 'CloudFormation', text: status, time, bad };
  }
  if (/^(Migration|Orders)/.test(logicalId) && !status.endsWith('_IN_PROGRESS')) {
    return { kind: 'note', lane: 'CloudFormation', text: `${nameOf(logicalId)} ${status}${reason ? `: ${reason}` : ''}`, time, bad };
  }
  return undefined;
}

function answerArrow({ status, reason, data }: Extract<Recorded, { kind: 'answer' }>, time: number): Step {
  const bad = status === 'FAILED';
  const what = bad ? sentence(reason ?? '') : reason ? sentence(reason) : data?.State === undefined ? 'recovery points stay' : `job ${String(data.State)}`;
  return { kind: 'arrow', from: 'function', to: 'CloudFormation', text: `${status}: ${what}`, time, bad };
}

/** The first sentence, without ids. */
function sentence(text: string): string {
  return text.replace(/ [0-9a-f]{8}-[0-9a-f-]{27}/g, '').replace(/\bOrders[0-9A-F]{8}\b/g, 'Orders').replace(/ \(MISCELLANEOUS\)/, '').split(/(?<=\.) /)[0].replace(/\.$/, '');
}

function invocation({ mode, phase, attempt }: Extract<Recorded, { kind: 'invocation' }>, time: number): Step | undefined {
  if (phase === 'end') {
    return undefined;
  }
  if (mode === 'sync') {
    return { kind: 'arrow', from: 'state machine', to: 'function', text: 'next turn', time };
  }
  return attempt > 1 ? { kind: 'note', lane: 'function', text: 'Lambda runs the event again', time } : undefined;
}

function call({ service, operation, caller, outcome }: Extract<Recorded, { kind: 'call' }>, time: number): Step | undefined {
  const to = ({ cloudformation: 'CloudFormation', states: 'state machine', backup: 'AWS Backup' } as Readonly<Record<string, Lane>>)[service];
  return to && caller !== 'client' ? { kind: 'arrow', from: 'function', to, text: operation, time, bad: outcome !== 'success' } : undefined;
}

/** Calls of the same service right after each other are one arrow. */
function joined(steps: readonly Step[]): Step[] {
  return steps.reduce<Step[]>((all, step) => {
    const last = all.at(-1);
    const isSame = isCall(last) && isCall(step) && last.to === step.to && step.time - last.time < 1000;
    return isSame ? [...all.slice(0, -1), { ...step, text: `${last.text}, ${step.text}` }] : [...all, step];
  }, []);
}

function isCall(step: Step | undefined): step is Extract<Step, { kind: 'arrow' }> {
  return step?.kind === 'arrow' && step.from === 'function' && !/^(SUCCESS|FAILED): /.test(step.text);
}

/** Looks that bring nothing new become one row. */
function withoutRepetition(steps: readonly Step[]): Step[] {
  const result: Step[] = [];
  for (let i = 0; i < steps.length;) {
    const looks = looksFrom(steps, i);
    if (looks.length < 3) {
      result.push(steps[i++]);
      continue;
    }
    const last = looks[looks.length - 1];
    const inBetween = steps.slice(looks[0].end, last.end);
    result.push(...steps.slice(i, looks[0].end));
    result.push({ kind: 'more', from: 'function', to: 'AWS Backup', text: moreOf(looks.length - 1, inBetween), time: steps[last.begin].time });
    i = last.end;
  }
  return result;
}

const TURN = 'next turn';
const LOOKS = /^(DescribeStacks|DescribeBackupJob)$/;

function moreOf(count: number, steps: readonly Step[]): string {
  const atJob = steps.filter(({ text }) => text === 'DescribeBackupJob').length;
  if (steps[0].text !== TURN) {
    return `looks at the job ${atJob} more times`;
  }
  return `${count} more turns, ${atJob === count ? 'each' : `${atJob || 'none'} of them`} with a look at the job`;
}

/** Turns of the state machine, or looks of the function itself, one after another and with nothing else between them. */
function looksFrom(steps: readonly Step[], begin: number): { readonly begin: number; readonly end: number }[] {
  const looks = [];
  const byTurns = steps[begin].text === TURN;
  for (let i = begin; byTurns ? steps[i]?.text === TURN : steps[i]?.text === 'DescribeBackupJob';) {
    let end = i + 1;
    while (byTurns && LOOKS.test(steps[end]?.text ?? '')) end++;
    // What is looked at last is what the answer follows from.
    if (isAnswer(steps[end]) || byTurns && (end === i + 1 || isCall(steps[end]))) {
      break;
    }
    looks.push({ begin: i, end });
    i = end;
  }
  return looks;
}

function isAnswer(step: Step | undefined): boolean {
  return step?.kind === 'arrow' && step.to === 'CloudFormation' && !isCall(step);
}

function isBackup(type: unknown): boolean {
  return String(type).startsWith('Custom::OnDemandBackup');
}

function isOfFunction(logicalId: string): boolean {
  return logicalId.startsWith('Backup');
}

/** A logical id as the app has it. */
function nameOf(logicalId: string): string {
  const further = /^BackupWait(\d)/.exec(logicalId);
  return further ? `Backup, hour ${Number(further[1]) + 1}` : logicalId.replace(/[0-9A-F]{8}$/, '');
}
