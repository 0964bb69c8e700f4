import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { BUNDLE, buildBundle, ROOT } from './bundle';
import { bundledPackages, BundledPackage } from './bundled-packages';

// Beside the folder that becomes the function's code, not in it: they are for people, and would be uploaded with each deployment.
const FOLDER = path.join(ROOT, 'assets', 'lambda');

/** Writes what others have contributed to the bundle: a software bill of materials, and their licenses. */
function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sbom-'));
  try {
    const packages = bundledPackages(buildBundle(ROOT, folder).metafile);
    fs.writeFileSync(path.join(FOLDER, 'sbom.cdx.json'), `${JSON.stringify(bom(packages), undefined, 2)}\n`);
    fs.writeFileSync(path.join(FOLDER, 'THIRD-PARTY-LICENSES.txt'), licenses(packages));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** CycloneDX, without a time or a serial number: the same bundle has the same one. */
function bom(packages: readonly BundledPackage[]): object {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const own = `pkg:npm/${name}@${version}#assets/lambda/index/index.js`;
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        'type': 'application',
        'bom-ref': own,
        'name': `${name}/function`,
        version,
        'hashes': [{ alg: 'SHA-256', content: createHash('sha256').update(fs.readFileSync(BUNDLE)).digest('hex') }],
        'licenses': [{ license: { id: license } }],
      },
    },
    components: packages.map((each) => ({
      'type': 'library',
      'bom-ref': purl(each),
      ...nameParts(each.name),
      'version': each.version,
      'licenses': [{ license: { id: each.license } }],
      'purl': purl(each),
    })),
    dependencies: [
      { ref: own, dependsOn: packages.map(purl) },
      ...packages.map((each) => ({ ref: purl(each) })),
    ],
  };
}

function nameParts(name: string): { readonly group?: string; readonly name: string } {
  const [last, group] = name.split('/').reverse();
  return { group, name: last };
}

function purl({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licenses(packages: readonly BundledPackage[]): string {
  return packages.map(({ name, version, license, licenseText }) => [`${name} ${version} (${license})`, licenseText].join('\n\n')).join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

main();
