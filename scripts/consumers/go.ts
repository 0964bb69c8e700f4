import * as path from 'path';
import { cdkBindings, modulesIn } from './go-bindings';
import { Language } from './language';
import { isInstalled, run } from './run';
import { QUICK_BUILD } from '../quick-build';

export const GO: Language = {
  name: 'Go',
  sources: 'go',
  hasPolicy: true,
  smallest: { fence: 'go', file: 'cmd/smallest/main.go' },
  missing: () => isInstalled('go') ? undefined : 'there is no go',
  install: (folder, packages, cdkVersion) => {
    // The generated modules stand in for the published ones: no module proxy is asked for them.
    const modules = [...cdkBindings(cdkVersion ?? newestOnNpm()), ...modulesIn(packages.go)];
    run('go', ['mod', 'edit', ...modules.map((each) => `-replace=${each.name}=${each.folder}`)], { cwd: folder });
    run('go', ['mod', 'tidy'], { cwd: folder });
    run('go', ['build', ...QUICK_BUILD, '-o', 'bin/', './...'], { cwd: folder });
    return { folder, command: (program) => [path.join('bin', program)] };
  },
};

function newestOnNpm(): string {
  return run('npm', ['view', 'aws-cdk-lib', 'version'], { cwd: __dirname }).trim();
}
