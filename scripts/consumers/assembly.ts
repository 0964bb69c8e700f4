import * as fs from 'fs';
import * as path from 'path';

/** A synthesized app: what has to be the same in every language. */
export interface Assembly {
  /** Of aws-cdk-lib. */
  readonly cdkVersion: string;
  /** Text of each template, the hashes of assets replaced. */
  readonly templates: Readonly<Record<string, string>>;
}

export function readAssembly(folder: string): Assembly {
  const templates = fs.readdirSync(folder).filter((name) => name.endsWith('.template.json')).sort();
  return {
    cdkVersion: json(path.join(folder, 'tree.json')).tree.constructInfo.version,
    templates: Object.fromEntries(templates.map((name) => [name, readTemplate(folder, name)])),
  };
}

/** Hashes are replaced only where they stand in the assets of the stack: a fingerprint of a gate is compared. */
function readTemplate(folder: string, name: string): string {
  const { files } = json(path.join(folder, name.replace('.template.json', '.assets.json'))) as { files: Record<string, object> };
  return Object.keys(files).reduce(
    (text, hash) => text.replaceAll(hash, '<asset>'),
    fs.readFileSync(path.join(folder, name), 'utf8'),
  );
}

/** A violation in the report of a policy check. */
export interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly severity: string;
  readonly ruleMetadata: Readonly<Record<string, string>>;
  readonly constructPaths: readonly string[];
}

/** What a plugin reported about an app. */
export function readViolations(folder: string, plugin: string): Violation[] {
  const file = path.join(folder, 'validation-report.json');
  if (!fs.existsSync(file)) {
    return [];
  }
  return json(file).pluginReports
    .filter(({ pluginName }: any) => pluginName === plugin)
    .flatMap(({ violations }: any) => violations)
    .map(({ ruleName, description, severity, ruleMetadata, violatingConstructs }: any) => ({
      ruleName,
      description,
      severity,
      ruleMetadata,
      constructPaths: violatingConstructs.map(({ constructPath }: any) => constructPath),
    }));
}

function json(file: string): any {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}
