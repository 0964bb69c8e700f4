import * as path from 'path';
import { Outcome, Stage } from './stage';
import { copyExample } from './stories';
import { Bench } from '../../test/e2e/bench';
import { OLDEST, Project } from '../../test/e2e/project';

/** The CDK CLI, as users run it, and an AWS on this machine that nobody of this project has written. */
export async function withCli(example: string): Promise<Stage> {
  console.log('Preparing an AWS on this machine, which takes a minute or two at first …');
  const project = await Project.prepare(OLDEST);
  const folder = copyExample(example, path.join(project.folder, example));
  const bench = await Bench.start(project);
  const cdk = async (...args: string[]): Promise<Outcome> => {
    console.log(`$ cdk ${args.join(' ')}`);
    const { code, output } = await bench.cli.run(args, folder, (text) => process.stdout.write(text));
    return { ok: code === 0, said: output };
  };
  const service = bench.backup!.service;
  return {
    folder,
    deploy: async (stack, context) => cdk(
      'deploy', stack, '--require-approval', 'never', '--progress', 'events', ...Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ),
    destroy: async (stack) => cdk('destroy', stack, '--force'),
    backups: () => ({
      jobs: service.jobs().map(({ id, state, request }) => ({ id, state, resourceArn: request.ResourceArn })),
      recoveryPoints: service.recoveryPoints(),
    }),
    stop: async () => bench.stop(),
  };
}
