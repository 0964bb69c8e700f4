/**
 * What guards with final backups cost at synthesis: N tables with them against the same tables without, in one process.
 *
 * Prints the ratio for each N, and how the cost grows with N. `npx ts-node -T bench/synth-guards.ts [runs]`
 */
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OnDemandBackup } from '../src';

process.env.CDK_VALIDATION = 'false';
const RUNS = Number(process.argv[2] ?? 9);

/** Milliseconds of the processor, because other processes should not count. */
function synth(tables: number, guarded: boolean): number {
  const start = process.cpuUsage();
  const app = new App();
  const stack = new Stack(app, 'Stack');
  for (let i = 0; i < tables; i++) {
    const table = new dynamodb.Table(stack, `Table${i}`, {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    if (guarded) {
      OnDemandBackup.guard(table, { deleteAfter: Duration.days(35), finalBackup: true });
    }
  }
  app.synth();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function measure(tables: number): { without: number; guarded: number } {
  const runs = Array.from({ length: RUNS }, () => ({ without: synth(tables, false), guarded: synth(tables, true) }));
  return { without: median(runs.map((run) => run.without)), guarded: median(runs.map((run) => run.guarded)) };
}

for (let i = 0; i < 5; i++) {
  synth(100, true);
}
const results = [25, 50, 100, 200].map((tables) => ({ tables, ...measure(tables) }));
for (const { tables, without, guarded } of results) {
  const each = ((guarded - without) / tables).toFixed(2);
  console.log(`${String(tables).padStart(4)} tables: ×${(guarded / without).toFixed(2)}  (${without.toFixed(0)} → ${guarded.toFixed(0)} ms, ${each} ms a guard)`);
}
