import { Garbage, ResourceRecord, Stack } from './stack';
import { Steps } from './steps';
import { Surroundings } from './surroundings';
import { Failure, Halt, reversed, walk } from './walk';

export interface TakeDownOptions {
  readonly garbage: readonly Garbage[];
  readonly tries: number;
  /** `skip` goes on as if it had been deleted, `keep` leaves everything that it depends on as well. */
  readonly onFailure: 'skip' | 'keep';
  /** Logical ids that stay. */
  readonly retain?: readonly string[];
}

/** Deletes resources, those first on which no other depends. */
export async function takeDown(stack: Stack, around: Surroundings, options: TakeDownOptions): Promise<Failure[]> {
  const { garbage, tries, onFailure, retain = [] } = options;
  const steps = new Steps(stack, around, new Halt('awaited'), true);
  const keys = new Map(garbage.map((item, index) => [`${item.record.logicalId}#${index}`, item]));
  const waitsFor = new Map([...keys].map(([key, { record }]) => [
    key, [...keys].filter(([, other]) => record.dependencies.includes(other.record.logicalId)).map(([other]) => other),
  ]));
  const failures = await walk({
    clock: around.clock,
    random: around.random,
    halt: new Halt('awaited'),
    onFailure: 'go on',
    waitsFor: reversed(waitsFor),
    step: async (key) => {
      const item = keys.get(key);
      if (!item) return;
      if (retain.includes(item.record.logicalId) || isRetained(item.policy)) {
        stack.setResource(item.record, 'DELETE_SKIPPED');
      } else {
        try {
          await steps.delete(item.record, tries);
        } catch (error) {
          if (onFailure === 'keep') throw error;
        }
      }
      forget(stack, item.record);
    },
  });
  return failures.map(({ logicalId, reason }) => ({ logicalId: keys.get(logicalId)?.record.logicalId ?? logicalId, reason }));
}

const isRetained = (policy: string | undefined): boolean => policy === 'Retain' || policy === 'RetainExceptOnCreate';

/** The stack may have a newer physical resource under the same name. */
function forget(stack: Stack, record: ResourceRecord): void {
  if (stack.resources.get(record.logicalId) !== record) return;
  stack.resources.delete(record.logicalId);
  stack.deleted.set(record.logicalId, record);
}
