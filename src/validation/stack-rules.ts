import { cycleThrough } from '../dependency-graph';
import { inlinePolicySizes } from './inline-policies';
import { Finding, Rule } from './rule';
import { StackView } from './stack-view';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';
const MAX_OUTPUTS = 200;
const MAX_INLINE = 10_240;

/** What has to hold for a stack with backups as a whole. */
export const STACK_RULES: readonly Rule<StackView>[] = [
  {
    id: 'TooManyOutputs',
    severity: 'error',
    rule: `CloudFormation takes at most ${MAX_OUTPUTS} outputs in a stack.`,
    remedy: 'Set jobIdOutput to false on backups whose job id nobody reads.',
    see: `${CFN}/cloudformation-limits.html`,
    check: ({ outputs }) => outputs.length > MAX_OUTPUTS ? [{ prop: 'jobIdOutput', value: `${outputs.length} outputs in the stack` }] : [],
  },
  {
    id: 'TooManyResources',
    severity: 'error',
    rule: 'CloudFormation takes at most 500 resources in a stack.',
    remedy: 'Move backups, with the vault and role they use, to another stack: one adds a resource, and each further pair of vault and role another.',
    see: `${CFN}/cloudformation-limits.html`,
    check: ({ resources, resourceLimit }) => {
      const count = Object.keys(resources).length;
      return resourceLimit > 0 && count > resourceLimit ? [{ prop: 'stack', value: `${count} resources, with a limit of ${resourceLimit}` }] : [];
    },
  },
  {
    id: 'InlinePoliciesTooLong',
    severity: 'error',
    rule: 'All inline policies of a role have at most 10,240 characters together, and each pair of vault and role needs one on the role of the function.',
    remedy: 'Let backups share vaults and roles, or move some of them to another stack.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
    check: ({ own, paths, ...view }) => Object.entries(inlinePolicySizes(view))
      .filter(([role, size]) => own.includes(role) && size > MAX_INLINE)
      .map(([role, size]) => ({ prop: 'stack', value: `about ${size} characters on ${paths[role]}` })),
  },
  {
    id: 'DependencyCycle',
    severity: 'error',
    rule: 'CloudFormation cannot deploy resources that wait for each other.',
    remedy: 'Take one of these references or dependencies away, for example by giving the backup a vault, a role or a source that does not refer back.',
    see: `${CFN}/aws-attribute-dependson.html`,
    check: cycles,
  },
];

/** One finding for each group of resources that wait for each other, told from one of ours. */
function cycles({ graph, own, paths }: StackView): Finding[] {
  const told = new Set<string>();
  return own.flatMap((id) => {
    const way = told.has(id) ? undefined : cycleThrough(graph, id);
    way?.forEach((each) => told.add(each));
    return way ? [{ prop: 'stack', value: way.map((each) => `${each} (${paths[each]})`).join(' → ') }] : [];
  });
}
