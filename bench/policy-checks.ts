/**
 * What the policy checks cost at synthesis: an app of 1,000 resources, a quarter of them with data, with every rule on against
 * the same app without them. Each synthesis is one in a process of its own, as `cdk synth` makes it.
 *
 * Fails where it takes 1.3 times as long. `npx ts-node bench/policy-checks.ts [runs]`
 */
import { execFileSync } from 'child_process';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as sns from 'aws-cdk-lib/aws-sns';
import { OnDemandBackupChecks } from '../src';

const LIMIT = 1.3;
const VARIANTS = ['without', 'with', 'with 250 findings'] as const;
type Variant = typeof VARIANTS[number];

const CHECKS = {
  protectedResources: {},
  finalBackups: true,
  gatesWait: true,
  retentionSaid: true,
  minRetention: Duration.days(7),
  maxRetention: Duration.days(365),
  vaultAndRoleRetained: true,
  notEveryDeployment: true,
  reportOnly: true,
};

/** Milliseconds of processor time that the synthesis took: others may be using the machine too. */
function synth(variant: Variant): number {
  process.env.CDK_VALIDATION = 'false';
  const app = new App();
  if (variant !== 'without') {
    Validations.of(app).addPlugins(new OnDemandBackupChecks(CHECKS));
  }
  for (let i = 0; i < 5; i++) {
    addResources(new Stack(app, `Stack${i}`), variant === 'with 250 findings');
  }
  console.error = () => undefined;
  const before = process.cpuUsage();
  app.synth();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function addResources(stack: Stack, bare: boolean): void {
  for (let i = 0; i < 200; i++) {
    if (i % 4 === 0) {
      new dynamodb.Table(stack, `Table${i}`, {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        pointInTimeRecoverySpecification: bare ? undefined : { pointInTimeRecoveryEnabled: true },
      });
    } else {
      new sns.Topic(stack, `Topic${i}`);
    }
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function measure(runs: number): void {
  const times = new Map<Variant, number[]>(VARIANTS.map((variant) => [variant, []]));
  for (let i = 0; i < runs; i++) {
    for (const variant of VARIANTS) {
      const output = execFileSync(process.execPath, [...process.execArgv, __filename, '--once', variant], { encoding: 'utf8' });
      times.get(variant)!.push(Number(output));
    }
  }
  const without = median(times.get('without')!);
  const ratios = VARIANTS.map((variant) => median(times.get(variant)!) / without);
  VARIANTS.forEach((variant, i) => console.log(`${variant}: ${median(times.get(variant)!).toFixed(0)} ms, ×${ratios[i].toFixed(2)}`));
  if (Math.max(...ratios) >= LIMIT) {
    throw new Error(`The policy checks may take less than ${LIMIT} times the synthesis without them.`);
  }
}

if (process.argv[2] === '--once') {
  console.log(synth(process.argv[3] as Variant));
} else {
  measure(Number(process.argv[2] ?? 9));
}
