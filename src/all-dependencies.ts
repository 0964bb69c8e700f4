import { CfnResource, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';

/** Makes a resource wait for further logical ids, which are known only when the template is written. */
export function dependOnAtSynth(resource: CfnResource, more: (context: IResolveContext) => readonly string[]): void {
  // An override replaces what CDK has put there, so that is repeated.
  resource.addOverride('DependsOn', Lazy.uncachedAny({
    produce: (context) => {
      const all = [...new Set([...knownDependencies(resource), ...more(context)])];
      return all.length > 0 ? all : undefined;
    },
  }));
}

function knownDependencies(resource: CfnResource): string[] {
  const stack = Stack.of(resource);
  return resource.obtainDependencies()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && Stack.of(each) === stack)
    .sort((a, b) => a.node.path.localeCompare(b.node.path))
    .map(logicalIdOf);
}

/** The logical id as the template has it. */
export function logicalIdOf(resource: CfnResource): string {
  return Stack.of(resource).resolve(resource.logicalId);
}
