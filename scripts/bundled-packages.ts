import * as fs from 'fs';
import * as path from 'path';
import { Metafile, ROOT } from './bundle';

/** A package of which something is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  readonly licenseText: string;
}

/** The packages in a bundle, by name. */
export function bundledPackages({ outputs }: Metafile): BundledPackage[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).flatMap(([input]) => folderOf(input) ?? []);
  return [...new Set(folders)].map(describe).sort((a, b) => a.name.localeCompare(b.name) || a.version.localeCompare(b.version));
}

/** The innermost package that a file belongs to; none for our own. */
function folderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function describe(folder: string): BundledPackage {
  const from = path.join(ROOT, folder);
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(from, 'package.json'), 'utf8'));
  const files = fs.readdirSync(from).filter((each) => /^(licen[cs]e|notice)/i.test(each)).sort();
  if (typeof license !== 'string' || !files.some((each) => /^licen[cs]e/i.test(each))) {
    throw new Error(`${name}@${version} is in the bundle, and does not say under which license: it cannot be shipped.`);
  }
  return { name, version, license, licenseText: files.map((each) => fs.readFileSync(path.join(from, each), 'utf8').trim()).join('\n\n') };
}
