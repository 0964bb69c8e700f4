import { Done, InvokeOrder } from './protocol';
import { Employer } from './worker';

/** Where the code of a function runs. */
export interface Runner {
  readonly id: number;
  /** The credentials that its code signs with. */
  readonly accessKeyId: string;
  readonly alive: boolean;
  invoke(order: Omit<InvokeOrder, 'kind' | 'environment' | 'afresh'>, environment: Readonly<Record<string, string>>): Promise<Done>;
  /** The sandbox and what runs in it are gone in this instant. */
  drop(sandbox: number): void;
}

/** Gives functions a place to run in. */
export interface Host {
  /** A runner that nobody else uses; a warm one of the same code and variables if there is one. */
  acquire(key: string, employer: Employer): Runner;
  release(runner: Runner): Promise<void>;
  end(): void;
}
