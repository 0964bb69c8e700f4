import { Job } from './model';
import { ChildPlan, Outcome } from './plan';
import { backupPointArn, parseArn } from './resource-types';
import { SECOND, Surroundings } from './surroundings';

/** The record of a nested resource's backup. It takes no turn in the queue of its resource. */
export function newChild(parent: Job, plan: ChildPlan, surroundings: Surroundings, time: number): Job {
  const { ids, region, accountId: account } = surroundings;
  const id = ids.uuid();
  const plannedPointArn = backupPointArn(parseArn(parent.request.ResourceArn)!, { region, account, uuid: id, time });
  return {
    ...parent,
    id,
    sequence: ids.sequence(),
    createdAt: time,
    request: { ...parent.request, ResourceArn: plan.resourceArn },
    resourceType: plan.resourceType,
    plan: { ...parent.plan, children: undefined, outcome: plan.outcome },
    issue: undefined,
    parentId: parent.id,
    childIds: [],
    plannedPointArn,
    recoveryPointArn: plannedPointArn,
  };
}

/** Children end one after another, all of them before their parent. */
export const childEnd = (parent: Job, index: number, begin: number): number =>
  begin + parent.plan.runningFor * SECOND * ((index + 1) / (parent.plan.children!.length + 1));

/** How a composite ends: PARTIAL where some of its children could not be backed up. */
export function compositeOutcome(children: readonly ChildPlan[]): Outcome {
  const completed = children.filter((child) => child.outcome.state === 'COMPLETED').length;
  if (completed === children.length) return { state: 'COMPLETED' };
  const statusMessage = `${children.length - completed} of ${children.length} nested resources could not be backed up.`;
  return { state: completed > 0 ? 'PARTIAL' : 'FAILED', statusMessage };
}
