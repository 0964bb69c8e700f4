import * as fs from 'fs';
import * as path from 'path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppView } from './app-view';
import { CHECKS_PROPS_RULES } from './check-checks-props';
import { OnDemandBackupChecksProps } from './checks-props';
import { collectApp } from './collect-app';
import { couldNotRun, evaluate, rulesOn } from './evaluate';
import { Finding, Severity } from './finding';
import { REPORT_FILE, reportOf } from './report';
import { dayOf, findingId, PLUGIN_NAME } from './waivers';
import { writeReport } from './write-report';
import { assertRules } from '../validation/run-rules';

/**
 * Checks over everything in an app that AWS Backup can back up, and over its backups, after synthesis.
 *
 * Registered once for an app, it sees all of its stages, stacks and nested stacks:
 * `Validations.of(app).addPlugins(new OnDemandBackupChecks({ protectedResources: {} }))`.
 *
 * A team acknowledges a finding on the construct, which holds for the construct and what is in it, and for nothing beside it:
 * `Validations.of(table).acknowledge({ id: 'cdk-on-demand-backup::ResourceProtected', reason: '…' })`. The owner of the checks
 * grants `exemptions`. What is found, what is waived and what every resource is protected by stands in
 * `on-demand-backup-report.json` beside the templates.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class OnDemandBackupChecks implements IPolicyValidationPlugin {
  /** Name of the plugin in reports; acknowledgements begin with it. */
  public readonly name: string = PLUGIN_NAME;
  /** Version of this library. */
  public readonly version?: string = JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
  /** Ids of the rules that are on. */
  public readonly ruleIds?: string[];

  /**
   * @throws an error for rules that cannot be meant: an unknown type, a minimum above the maximum, a severity for a rule that is
   * off, an exemption without a reason, a ticket or a day
   */
  constructor(private readonly props: OnDemandBackupChecksProps) {
    assertRules('OnDemandBackupChecks', CHECKS_PROPS_RULES, props);
    this.ruleIds = rulesOn(props);
  }

  /** Called by the framework at the end of the synthesis. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const { app, findings } = this.look(context);
    const report = reportOf(app, findings, this.props, this.version ?? '');
    writeReport(path.join((context.appConstruct as Stage).outdir, REPORT_FILE), report);
    const violations = findings.filter(({ waiver }) => waiver === undefined).map((finding) => this.violation(finding));
    return { success: violations.every(({ severity }) => severity === 'warning'), violations, pluginVersion: this.version };
  }

  private look({ appConstruct: root, templatePaths }: IPolicyValidationContext): { readonly app: AppView; readonly findings: Finding[] } {
    try {
      const app = collectApp(root, templatePaths);
      return { app, findings: evaluate(app, root, this.props, dayOf(new Date())) };
    } catch (error) {
      return { app: { resources: [], backups: [] }, findings: [couldNotRun('Everything', anyPathOf(root), error)] };
    }
  }

  private violation({ rule, severity, path: at, constructPath, sentence, seen, fix }: Finding): PolicyViolation {
    const reported: Severity = this.props.reportOnly ? 'warning' : severity;
    return {
      ruleName: findingId(rule, at),
      description: `${at}: got ${seen}. ${sentence}`,
      severity: reported,
      fix,
      ruleMetadata: { rule, severity, ...severity === 'fatal' ? {} : { acknowledge: `${PLUGIN_NAME}::${rule}` } },
      violatingResources: [{ constructPath, locations: [] }],
    };
  }
}

/** The root itself has no path to be reported by. */
function anyPathOf(root: IConstruct): string {
  return root.node.children[0]?.node.path ?? root.node.path;
}
