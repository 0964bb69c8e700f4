import { Stage } from './stage';
import { copyExample } from './stories';
import { temporaryFolder } from '../../test/e2e/places';
import { LocalAws } from '../../test/simulator';
import { narrate } from '../narrate';
import { synthesizeExample } from '../synthesize-example';

/** The AWS that runs inside this process, in simulated time: nothing is installed and nothing is waited for. */
export async function embedded(example: string): Promise<Stage> {
  const folder = copyExample(example, temporaryFolder('example'));
  const aws = await LocalAws.start({ ssm: { '/cdk-bootstrap/hnb659fds/version': '30' } });
  narrate(aws);
  return {
    folder,
    deploy: async (stack, context) => {
      let assembly: string;
      try {
        assembly = synthesizeExample(example, context, folder);
      } catch (error) {
        const said = (error as Error).message;
        console.log(said);
        return { ok: false, said };
      }
      const { ok, outputs, reason = '' } = await aws.deploy(stack, assembly);
      for (const [name, value] of Object.entries(outputs)) console.log(`  Output ${name} = ${value}`);
      return { ok, said: reason };
    },
    destroy: async (stack) => {
      const { ok, reason = '' } = await aws.destroy(stack);
      return { ok, said: reason };
    },
    backups: () => ({
      jobs: aws.backup.jobs().map(({ id, state, request }) => ({ id, state, resourceArn: request.ResourceArn })),
      recoveryPoints: aws.backup.recoveryPoints(),
    }),
    stop: async () => aws.stop(),
  };
}
