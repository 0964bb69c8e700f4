import * as fs from 'fs';
import Module from 'module';
import * as path from 'path';
import { CACHE, ROOT } from './places';
import { run } from './processes';
import { NEWEST_CDK } from '../../scripts/newest-cdk';

/** What a user's project depends on. */
export interface Versions {
  readonly lib: string;
  readonly cli: string;
}

/** The oldest supported version, with the CLI of its days, and the newest that has been seen. */
export const OLDEST: Versions = { lib: '2.258.0', cli: '2.1126.0' };
export const NEWEST: Versions = { lib: NEWEST_CDK, cli: '2.1148.1' };

/** A project as `cdk init` makes it, with the package as it is published. */
export class Project {
  public static async prepare(versions: Versions): Promise<Project> {
    const project = new Project(path.join(CACHE, `project-${versions.lib}-${versions.cli}`));
    await project.installDependencies(versions);
    await project.installPackage();
    return project;
  }

  private constructor(public readonly folder: string) {}

  public get cli(): string {
    return path.join(this.folder, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  }

  /** What functions find without having brought it. */
  public get modules(): string {
    return path.join(this.folder, 'node_modules');
  }

  /** A copy of an example, to run as a person would who has copied it. */
  public copyExample(name: string): string {
    const folder = path.join(this.folder, name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.cpSync(path.join(ROOT, 'examples', name), folder, { recursive: true, filter: (file) => path.basename(file) !== 'cdk.out' });
    return folder;
  }

  /** From now on, what this process imports of the CDK and of the package is the project's. */
  public serveImports(): void {
    const loader = Module as unknown as { _resolveFilename(request: string, parent: unknown, isMain: boolean, options?: object): string };
    const resolve = loader._resolveFilename;
    loader._resolveFilename = (request, parent, isMain, options) => resolve.call(Module, request, parent, isMain,
      /^(aws-cdk-lib|constructs|cdk-on-demand-backup)(\/|$)/.test(request) ? { paths: [this.folder] } : options);
  }

  private async installDependencies({ lib, cli }: Versions): Promise<void> {
    const manifest = JSON.stringify({
      private: true,
      dependencies: { 'aws-cdk-lib': lib, 'constructs': '10.5.1' },
      devDependencies: {
        'aws-cdk': cli,
        'typescript': '~5.9.0',
        'ts-node': '^10.9.2',
        '@types/node': '^20',
        // Of Lambda's own runtime, which has the SDK, here stands what the functions of the CDK and of the examples use.
        '@aws-sdk/client-backup': '3.1092.0',
        '@aws-sdk/client-cloudformation': '3.1092.0',
        '@aws-sdk/client-dynamodb': '3.1092.0',
        '@aws-sdk/client-lambda': '3.1092.0',
      },
    });
    // Written when all is there, and by nobody else: npm writes package.json anew.
    const installed = path.join(this.folder, 'installed.json');
    if (fs.existsSync(installed) && fs.readFileSync(installed, 'utf8') === manifest) return;
    fs.mkdirSync(this.folder, { recursive: true });
    fs.writeFileSync(path.join(this.folder, 'package.json'), manifest);
    fs.writeFileSync(path.join(this.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'NodeNext', moduleResolution: 'NodeNext' } }));
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], { cwd: this.folder });
    fs.writeFileSync(installed, manifest);
  }

  /** Unpacked, not installed: it has no dependencies, and npm would take an equal version for an equal package. */
  private async installPackage(): Promise<void> {
    const packed = await run('npm', ['pack', '--json', '--loglevel=error', '--ignore-scripts', '--pack-destination', this.folder], { cwd: ROOT });
    const [{ filename }] = JSON.parse(packed) as { filename: string }[];
    const target = path.join(this.folder, 'node_modules', 'cdk-on-demand-backup');
    fs.rmSync(target, { recursive: true, force: true });
    fs.mkdirSync(target);
    await run('tar', ['-xzf', path.join(this.folder, filename), '-C', target, '--strip-components=1']);
  }
}
