import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupRule, BackupRuleExemption } from './checks-props';
import { Waiver } from './finding';

/** What acknowledgements of these checks begin with. */
export const PLUGIN_NAME = 'cdk-on-demand-backup';

/**
 * The id of one finding. CDK applies an acknowledgement of a rule to the whole app up to aws-cdk-lib 2.270; it knows no rule
 * of this name, so that acknowledgements are applied here, to the constructs that they are on.
 */
export function findingId(rule: BackupRule, path: string): string {
  return `${rule}[${path.replace(/[[\](){}]/g, '_')}]`;
}

/** The acknowledgement on the construct, or on what it is a part of. */
export function acknowledgementOf(rule: BackupRule, path: string, construct: IConstruct): Waiver | undefined {
  const ids = [`${PLUGIN_NAME}::${rule}`, `${PLUGIN_NAME}::${findingId(rule, path)}`];
  for (const scope of [...construct.node.scopes].reverse()) {
    for (const { type, data } of scope.node.metadata) {
      const id = type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY ? ids.find((each) => each in (data as object)) : undefined;
      if (id !== undefined) {
        return { by: 'acknowledgement', reason: (data as { readonly [id: string]: string })[id], path: scope.node.path };
      }
    }
  }
  return undefined;
}

/** The central exemption for a construct, if it still holds. */
export function exemptionFor(rule: BackupRule, path: string, exemptions: readonly BackupRuleExemption[], today: string): Waiver | undefined {
  const found = exemptions.find((each) => each.rule === rule && isIn(path, each.path) && !hasExpired(each, today));
  return found && { by: 'exemption', reason: found.reason, path: found.path, ticket: found.ticket, expires: found.expires };
}

export function hasExpired({ expires }: BackupRuleExemption, today: string): boolean {
  return expires < today;
}

/** The day in UTC, as `YYYY-MM-DD`. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

function isIn(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}
