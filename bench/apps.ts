import { App, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { bareCustomResource } from './bare';
import { BUILDS } from './contenders';
import { Contender, OwnApp, SynthesisOrder } from './names';
import { OnDemandBackup, OnDemandBackupChecks } from '../src';

/** Name of the stack of every app with one stack. */
const STACK = 'Shop';

export function appOf(order: SynthesisOrder, outdir: string): App {
  const app = new App({ outdir });
  if (order.app in OWN) {
    OWN[order.app as OwnApp](app, order.n);
  } else {
    contest(new Stack(app, STACK), order);
  }
  return app;
}

function contest(stack: Stack, { app, n, sources, longest }: SynthesisOrder): void {
  const { vault, role } = vaultAndRole(stack);
  const arns = Array.from({ length: n }, (_, i) => sources === 'inside'
    ? table(stack, i).tableArn
    : `arn:aws:dynamodb:eu-west-1:111122223333:table/elsewhere-${i}`);
  BUILDS[app as Contender](stack, { vault, role, sources: arns, longest });
}

function vaultAndRole(stack: Stack) {
  return {
    vault: new backup.BackupVault(stack, 'Vault', { backupVaultName: 'shop' }),
    role: new iam.Role(stack, 'BackupRole', {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
    }),
  };
}

const OWN: Readonly<Record<OwnApp, (app: App, n: number) => void>> = {
  'tables': (app, n) => tables(app, n),
  'tables with a bare custom resource each': (app, n) => {
    const all = tables(app, n);
    const { stack } = all[0];
    const { vault, role } = vaultAndRole(stack);
    all.forEach((each, i) => bareCustomResource(stack, `Backup${i}`, each.tableArn, vault, role));
  },
  'tables with guards and final backups': (app, n) =>
    tables(app, n).forEach((each) => OnDemandBackup.guard(each, { deleteAfter: Duration.days(35), finalBackup: true })),
  '1,000 resources': (app) => resources(app, false),
  '1,000 resources, policy checks': (app) => {
    resources(app, false);
    addChecks(app);
  },
  '1,000 resources, policy checks, 250 findings': (app) => {
    resources(app, true);
    addChecks(app);
  },
};

function tables(app: App, n: number): dynamodb.Table[] {
  const stack = new Stack(app, STACK);
  return Array.from({ length: n }, (_, i) => table(stack, i));
}

function table(stack: Stack, i: number): dynamodb.Table {
  return new dynamodb.Table(stack, `Table${i}`, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** A quarter of them holds data. */
function resources(app: App, bare: boolean): void {
  for (let s = 0; s < 5; s++) {
    const stack = new Stack(app, `Stack${s}`);
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
}

/** Every rule is on. */
function addChecks(app: App): void {
  Validations.of(app).addPlugins(new OnDemandBackupChecks({
    protectedResources: {},
    finalBackups: true,
    gatesWait: true,
    retentionSaid: true,
    minRetention: Duration.days(7),
    maxRetention: Duration.days(365),
    vaultAndRoleRetained: true,
    notEveryDeployment: true,
    reportOnly: true,
  }));
}
