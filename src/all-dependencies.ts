import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { BackupGraph, SettledStack } from './backup-graph';

/** Makes a resource wait for further logical ids, which are known only when the template is final. */
export function dependOnAtSynth(resource: CfnResource, graph: BackupGraph, more: (settled: SettledStack) => readonly string[]): void {
  // An override replaces what CDK has put there, so that is repeated.
  resource.addOverride('DependsOn', Lazy.uncachedAny({
    produce: (context) => {
      const settled = graph.settlement(context);
      if (context.preparing) {
        return undefined;
      }
      const all = [...new Set([...knownDependencies(resource, graph), ...settled ? more(settled) : []])];
      return all.length > 0 ? all : undefined;
    },
  }));
}

function knownDependencies(resource: CfnResource, graph: BackupGraph): string[] {
  const stack = Stack.of(resource);
  return resource.obtainDependencies()
    .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && Stack.of(each) === stack)
    .sort((a, b) => a.node.path.localeCompare(b.node.path))
    .map((each) => graph.idOf(each));
}
