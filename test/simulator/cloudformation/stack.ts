import { Clock } from '../clock';
import { Recorder } from '../recorder';
import { ResourceStatus, StackStatus } from './statuses';
import { Properties, ResourceDefinition, Template } from './template';

/** A physical resource as CloudFormation knows it. */
export interface ResourceRecord {
  readonly logicalId: string;
  readonly type: string;
  physicalId?: string;
  status: ResourceStatus;
  reason?: string;
  timestamp: number;
  /** Where its policies and dependencies are written: the template with which it last succeeded. */
  definition: ResourceDefinition;
  dependencies: readonly string[];
  /** With which it last succeeded. */
  properties: Properties;
  /** With which it last failed, until it succeeds again. */
  attempted?: Properties;
  attributes: Readonly<Record<string, unknown>>;
  /** A request has been sent at all: then its deletion is somebody's business. */
  begun: boolean;
}

export interface StackEvent {
  readonly time: number;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** What a stack was last told to be. */
export interface StackInput {
  readonly template: Template;
  /** As given, with defaults; SSM parameters resolved. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What an operation has done to one resource so far, and from where it came. */
export interface Touched {
  readonly kind: 'created' | 'updated' | 'replaced';
  /** The record as it was before; none where it has been created. */
  readonly before?: ResourceRecord;
  /** With what it was last tried. */
  attempted: Properties;
}

/** A physical resource that goes when the operation is over. */
export interface Garbage {
  readonly record: ResourceRecord;
  readonly policy: string | undefined;
}

/** How the update of a nested stack goes on when its parent has decided. */
export interface NestedUpdate {
  rollback(): Promise<void>;
  cleanUp(): Promise<void>;
}

/** An operation that has not come to its end: it failed where rollback was disabled, or its rollback failed. */
export interface Unfinished {
  readonly stable: StackInput | undefined;
  readonly outputs: Record<string, string>;
  readonly journal: Map<string, Touched>;
  garbage: Garbage[];
  /** By the logical id in this stack. */
  readonly nested: Map<string, NestedUpdate>;
}

export interface Family {
  readonly parentId?: string;
  readonly rootId?: string;
}

/** One stack: its resources, its status, its events. */
export class Stack {
  public readonly resources = new Map<string, ResourceRecord>();
  /** Deleted by an earlier operation. */
  public readonly deleted = new Map<string, ResourceRecord>();
  public readonly events: StackEvent[] = [];
  public outputs: Record<string, string> = {};
  public exports: Record<string, string> = {};
  public readonly creationTime: number;
  public lastUpdatedTime?: number;
  public deletionTime?: number;
  public disableRollback = false;
  public unfinished?: Unfinished;
  public reason?: string;
  private current: StackStatus = 'CREATE_IN_PROGRESS';

  constructor(
    public readonly id: string,
    public readonly name: string,
    public input: StackInput,
    public readonly family: Family,
    private readonly clock: Clock,
    private readonly recorder: Recorder,
  ) {
    this.creationTime = clock.now();
  }

  public get status(): StackStatus {
    return this.current;
  }

  public get gone(): boolean {
    return this.current === 'DELETE_COMPLETE';
  }

  public setStatus(status: StackStatus, reason?: string): void {
    this.current = status;
    this.reason = reason;
    this.note({ logicalId: this.name, physicalId: this.id, type: 'AWS::CloudFormation::Stack', status, reason });
  }

  public setResource(record: ResourceRecord, status: ResourceStatus, reason?: string): void {
    record.status = status;
    record.reason = reason;
    record.timestamp = this.clock.now();
    this.note({ logicalId: record.logicalId, physicalId: record.physicalId ?? '', type: record.type, status, reason });
  }

  private note(event: Omit<StackEvent, 'time'>): void {
    this.events.push({ ...event, time: this.clock.now() });
    this.recorder.add({ kind: 'stack', stack: this.name, ...event });
  }
}
