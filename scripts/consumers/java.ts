import * as fs from 'fs';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { cached } from '../cache';
import { Language, Program } from './language';
import { isInstalled, run } from './run';

const MAIN: Readonly<Record<Program, string>> = { 'app': 'ShopApp', 'bad-input': 'BadInput', 'checked-app': 'CheckedApp', 'smallest': 'Smallest' };

export const JAVA: Language = {
  name: 'Java',
  sources: 'java',
  hasPolicy: true,
  // Maven does not lock its local repository.
  oneAtATime: true,
  smallest: { fence: 'java', file: 'src/main/java/com/example/shop/Smallest.java' },
  missing: () => isInstalled('mvn') ? undefined : 'there is no mvn',
  install: (folder, { version, java }, cdkVersion) => {
    const maven = [
      'mvn', '--batch-mode', '--quiet', '-Dstyle.color=never',
      `-Dmaven.repo.local=${localRepository()}`,
      `-Dcdk-on-demand-backup.version=${version}`,
      `-Dcdk-on-demand-backup.repository=${pathToFileURL(java)}`,
      ...cdkVersion === undefined ? [] : [`-Dcdk.version=${cdkVersion}`],
    ] as const;
    const [command, ...args] = maven;
    run(command, [...args, 'compile'], { cwd: folder });
    return { folder, command: (program) => [...maven, 'exec:java', `-Dexec.mainClass=com.example.shop.${MAIN[program]}`] };
  },
};

/** One of its own, because Maven would never look again for a version of ours that it has seen. */
function localRepository(): string {
  const folder = cached('maven', () => undefined);
  fs.rmSync(path.join(folder, 'io', 'github', 'cdk-on-demand-backup'), { recursive: true, force: true });
  return folder;
}
