import * as fs from 'fs';
import * as path from 'path';
import { run } from './run';

export const ROOT = path.join(__dirname, '..', '..');

/** What `package-all` wrote. */
export interface Packages {
  readonly version: string;
  /** The npm package. */
  readonly tarball: string;
  readonly wheel: string;
  /** A Maven repository. */
  readonly java: string;
  /** The Go module. */
  readonly go: string;
  /** C# sources, with NuGet packages beside them where they were compiled. */
  readonly dotnet: string;
}

/** Packs the package for every language. */
export function pack(): Packages {
  fs.rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
  run('npx', ['projen', 'package-all'], { cwd: ROOT });
  const { version } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return {
    version,
    tarball: only('js', '.tgz'),
    wheel: only('python', '.whl'),
    java: dist('java'),
    go: dist('go', 'cdkondemandbackup'),
    dotnet: dist('dotnet'),
  };
}

function dist(...parts: string[]): string {
  return path.join(ROOT, 'dist', ...parts);
}

function only(folder: string, extension: string): string {
  const [file] = fs.readdirSync(dist(folder)).filter((name) => name.endsWith(extension));
  return dist(folder, file);
}
