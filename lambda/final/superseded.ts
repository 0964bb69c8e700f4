import { stackResource } from '../cloudformation';
import type { ResourceEvent } from '../event';
import { log } from '../log';
import { statusPatience } from '../retry';

/** After an update CloudFormation deletes the old id of a resource that is still there under a new one. */
export async function isSuperseded(event: ResourceEvent): Promise<boolean> {
  try {
    const resource = await stackResource(event.stackId, event.logicalResourceId, statusPatience());
    return resource?.physicalId !== undefined && resource.physicalId !== event.physicalResourceId;
  } catch (error) {
    log('resource unknown', { error: String(error) });
    return false;
  }
}
