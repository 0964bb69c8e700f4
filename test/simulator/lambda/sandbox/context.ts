import { AsyncLocalStorage } from 'node:async_hooks';

/** One warm instance of the bundle in this process. */
export interface Sandbox {
  readonly id: number;
  handler?: Function;
  /** The invocation that it works on; without one it is frozen. */
  invocation?: string;
  /** Crashed: whatever still comes from it is ignored. */
  dead: boolean;
}

/** Tells which sandbox the running code belongs to. */
export const current = new AsyncLocalStorage<Sandbox>();
