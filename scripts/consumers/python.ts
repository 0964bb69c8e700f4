import * as path from 'path';
import { Language } from './language';
import { isInstalled, run } from './run';

export const PYTHON: Language = {
  name: 'Python',
  sources: 'python',
  hasPolicy: true,
  smallest: { fence: 'python', file: 'smallest.py' },
  missing: () => isInstalled('python3') ? undefined : 'there is no python3',
  install: (folder, { wheel }, cdkVersion) => {
    run('python3', ['-m', 'venv', '.venv'], { cwd: folder });
    const python = path.join(folder, '.venv', 'bin', 'python');
    const pinned = cdkVersion === undefined ? [] : [`aws-cdk-lib==${cdkVersion}`];
    run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', wheel, ...pinned, '-r', 'requirements.txt'], { cwd: folder });
    return { folder, command: (program) => [python, `${program.replace('-', '_')}.py`] };
  },
};
