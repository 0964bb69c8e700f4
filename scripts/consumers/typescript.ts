import { Language } from './language';
import { run } from './run';

export const TYPESCRIPT: Language = {
  name: 'TypeScript',
  sources: 'typescript',
  hasPolicy: true,
  smallest: { fence: 'ts', file: 'smallest.ts' },
  missing: () => undefined,
  install: (folder, { tarball }, cdkVersion) => {
    run('npm', ['install', '--no-audit', '--no-fund', tarball, `aws-cdk-lib@${cdkVersion ?? 'latest'}`], { cwd: folder });
    run('npx', ['tsc'], { cwd: folder });
    return { folder, command: (program) => [process.execPath, `out/${program}.js`] };
  },
};
