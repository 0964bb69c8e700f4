import { Language } from './language';
import { isInstalled, run } from './run';

export const CSHARP: Language = {
  name: 'C#',
  sources: 'csharp',
  hasPolicy: false,
  missing: () => isInstalled('dotnet') ? undefined : 'there is no .NET SDK (dotnet), so the C# that was generated is not compiled',
  install: (folder, { dotnet, version }, cdkVersion) => {
    const pinned = cdkVersion === undefined ? [] : [`-p:CdkVersion=${cdkVersion}`];
    run('dotnet', ['build', '--output', 'bin', `-p:RestoreAdditionalProjectSources=${dotnet}`, `-p:CdkOnDemandBackupVersion=${version}`, ...pinned], { cwd: folder });
    return { folder, command: (program) => ['dotnet', 'bin/Shop.dll', program] };
  },
};
