import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Template } from '../cloudformation/template';

interface AssetManifest {
  readonly files?: Readonly<Record<string, { readonly source: { readonly path?: string } }>>;
}

/** A synthesized cloud assembly: templates and assets by their hashes. */
export class Assembly {
  public static read(path: string): Template {
    return JSON.parse(readFileSync(path, 'utf8')) as Template;
  }

  private readonly assets = new Map<string, string>();

  constructor(private readonly directory: string) {
    for (const folder of folders(resolve(directory))) {
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.assets.json'))) {
        const manifest = JSON.parse(readFileSync(join(folder, file), 'utf8')) as AssetManifest;
        for (const [hash, { source }] of Object.entries(manifest.files ?? {})) {
          if (source.path !== undefined) this.assets.set(hash, join(folder, source.path));
        }
      }
    }
  }

  /** The template of a stack, by artifact id. */
  public template(artifact: string): Template {
    const path = folders(resolve(this.directory)).map((folder) => join(folder, `${artifact}.template.json`)).find((file) => existsSync(file));
    if (!path) throw new Error(`There is no ${artifact}.template.json in ${this.directory}`);
    return Assembly.read(path);
  }

  /** A template or an asset by the key under which it would be in S3. */
  public asset(key: string): string | undefined {
    const hash = /([0-9a-f]{64})(\.\w+)*$/.exec(key)?.[1];
    if (hash === undefined) return undefined;
    const unpacked = join(resolve(this.directory), `asset.${hash}`);
    return this.assets.get(hash) ?? (existsSync(unpacked) ? unpacked : undefined);
  }
}

/** Stages have folders of their own. */
function folders(directory: string): string[] {
  const stages = readdirSync(directory).filter((name) => name.startsWith('assembly-') && statSync(join(directory, name)).isDirectory());
  return [directory, ...stages.flatMap((name) => folders(join(directory, name)))];
}
