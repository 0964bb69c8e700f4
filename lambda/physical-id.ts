import type { Job } from './job';

/**
 * What the PhysicalResourceId remembers. AWS Backup forgets jobs after 30 days and CloudFormation keeps nothing
 * else for a custom resource, so whatever has to be the same in a year stands here.
 */
export interface Memory {
  /** The intent that the last success fulfilled; undefined where the backup failed and the deployment went on. */
  readonly intent?: string;
  readonly job?: Job;
  /** Set where time ran out and another resource waits on: since when the backup has been asked for, in milliseconds. */
  readonly handedOn?: number;
  /** Why there is no job, as the state that the attributes answer. */
  readonly instead?: { readonly state: string; readonly message?: string };
  /** What the resource was before the update, because a rollback has to bring it back. */
  readonly previous?: Memory;
}

/** CloudFormation's limit for a PhysicalResourceId. */
const MAX_BYTES = 1024;
const VERSION = '1';
const NO_JOB = 'no-job';
/** In bytes, as they are written. */
const MAX_MESSAGE = 160;
const SHORT_MESSAGE = 40;

/** Frozen: `<job id>;v=1;<key>=<value>;…`; keys may be added. */
export function physicalIdOf(memory: Memory): string {
  const { previous } = memory;
  const variants = [
    () => brief(memory, MAX_MESSAGE),
    () => ({ ...memory, previous: previous && brief(previous, 0) }),
    () => ({ ...brief(memory, SHORT_MESSAGE), previous: previous && brief(previous, 0) }),
    () => ({ ...brief(memory, SHORT_MESSAGE), previous: undefined }),
  ];
  return variants.map((variant) => encode(variant())).find((id) => Buffer.byteLength(id) <= MAX_BYTES) ?? encode({ intent: memory.intent });
}

/** Nothing is remembered where the id is not one of ours: CloudFormation invents ids for what it never heard of. */
export function memoryOf(physicalId: string | undefined): Memory {
  const [jobId, ...fields] = (physicalId ?? '').split(';');
  if (!fields.includes(`v=${VERSION}`)) {
    return {};
  }
  const values = new Map(fields.map((field) => [field.slice(0, field.indexOf('=')), unescape(field.slice(field.indexOf('=') + 1))]));
  const previous = values.get('p');
  const state = values.get('s');
  return {
    intent: values.get('i'),
    job: jobId === NO_JOB ? undefined : {
      id: unescape(jobId),
      state: state ?? 'UNKNOWN',
      statusMessage: values.get('m'),
      recoveryPointArn: values.get('r'),
      resourceType: values.get('t'),
      createdAt: time(values.get('c')),
      completedAt: time(values.get('d')),
      sizeInBytes: values.has('b') ? Number(values.get('b')) : undefined,
      pendingCopyTo: values.get('a'),
    },
    instead: jobId === NO_JOB && state !== undefined ? { state, message: values.get('m') } : undefined,
    handedOn: time(values.get('w')),
    previous: previous === undefined ? undefined : memoryOf(previous),
  };
}

function encode({ intent, job, instead, handedOn, previous }: Memory): string {
  const fields: [string, string | undefined][] = [
    ['v', VERSION],
    ['i', intent],
    ['s', job?.state ?? instead?.state],
    ['r', job?.recoveryPointArn],
    ['t', job?.resourceType],
    ['c', seconds(job?.createdAt)],
    ['d', seconds(job?.completedAt)],
    ['b', job?.sizeInBytes?.toString()],
    ['m', job?.statusMessage ?? instead?.message],
    ['a', job?.pendingCopyTo],
    ['w', seconds(handedOn)],
    ['p', previous && encode({ ...previous, previous: undefined })],
  ];
  return [
    escape(job?.id ?? NO_JOB),
    ...fields.filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${escape(value!)}`),
  ].join(';');
}

function escape(text: string): string {
  return text.replace(/[^\x20-\x7e]|[;%]/gu, encodeURIComponent);
}

function unescape(text: string): string {
  return text.replace(/(%[0-9a-f]{2})+/gi, decodeURIComponent);
}

function seconds(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : Math.floor(milliseconds / 1000).toString();
}

function time(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text) * 1000;
}

/** Long messages stay in the log: what is remembered has to fit beside what came before it. */
export function rememberable(job: Job, messageBytes: number = MAX_MESSAGE): Job {
  return { ...job, statusMessage: rememberableText(job.statusMessage, messageBytes) };
}

export function rememberableText<T extends string | undefined>(text: T, bytes: number = MAX_MESSAGE): T {
  return (text && cut(text.toWellFormed(), bytes)) as T;
}

function brief(memory: Memory, messageBytes: number): Memory {
  const { job, instead } = memory;
  return {
    ...memory,
    job: job && rememberable(job, messageBytes),
    instead: instead && { ...instead, message: rememberableText(instead.message, messageBytes) },
  };
}

function cut(text: string, bytes: number): string {
  let left = bytes;
  return [...text].filter((character) => (left -= escape(character).length) >= 0).join('');
}
