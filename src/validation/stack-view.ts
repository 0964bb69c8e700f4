import { DependencyGraph } from '../dependency-graph';

/** A stack as it is going to be deployed: what the rules over stacks look at. */
export interface StackView {
  readonly stackName?: string;
  readonly region?: string;
  /** Who waits for whom. */
  readonly graph: DependencyGraph;
  readonly resources: { readonly [logicalId: string]: any };
  /** Names of the outputs. */
  readonly outputs: readonly string[];
  /** CDK's own limit, which users can move; 0 for none. */
  readonly resourceLimit: number;
  /** Logical ids of what this library made. */
  readonly own: readonly string[];
  /** Construct path of each logical id, for people. */
  readonly paths: { readonly [logicalId: string]: string };
}
