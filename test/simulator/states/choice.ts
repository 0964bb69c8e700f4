import { ChoiceRule } from './definition';
import { runtimeFailure } from './failures';
import { find, read, Scope } from './paths';

type Comparison = (value: any, wanted: any) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Equals: (value, wanted) => value === wanted,
  LessThan: (value, wanted) => value < wanted,
  GreaterThan: (value, wanted) => value > wanted,
  LessThanEquals: (value, wanted) => value <= wanted,
  GreaterThanEquals: (value, wanted) => value >= wanted,
};

const TYPES: Readonly<Record<string, (value: unknown) => unknown>> = {
  String: (value) => (typeof value === 'string' ? value : undefined),
  Numeric: (value) => (typeof value === 'number' ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  Timestamp: (value) => (isTimestamp(value) ? Date.parse(value) : undefined),
};

const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: (value) => typeof value === 'number',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: isTimestamp,
};

/** Whether a rule of a Choice state holds. */
export function holds(rule: ChoiceRule, scope: Scope): boolean {
  if (rule.And) return rule.And.every((part) => holds(part, scope));
  if (rule.Or) return rule.Or.some((part) => holds(part, scope));
  if (rule.Not) return !holds(rule.Not, scope);
  const operator = Object.keys(rule).find((key) => !['Variable', 'Next', 'Comment'].includes(key));
  if (rule.Variable === undefined || operator === undefined) throw runtimeFailure(`Not a choice rule: ${JSON.stringify(rule)}`);
  const { present, value } = find(rule.Variable, scope);
  if (operator === 'IsPresent') return present === rule.IsPresent;
  if (!present) throw runtimeFailure(`Invalid path '${rule.Variable}': The choice state's condition path references an invalid value.`);
  return compare(operator, value, rule[operator], scope);
}

function compare(operator: string, value: unknown, wanted: unknown, scope: Scope): boolean {
  if (TESTS[operator]) return TESTS[operator](value) === wanted;
  if (operator === 'StringMatches') return typeof value === 'string' && wildcard(wanted as string).test(value);
  const byPath = operator.endsWith('Path');
  const [, type, comparison] = /^(String|Numeric|Boolean|Timestamp)(\w+?)(?:Path)?$/.exec(operator) ?? [];
  const compares = COMPARISONS[comparison];
  if (!compares) throw runtimeFailure(`The simulator does not know the comparison ${operator}`);
  const [left, right] = [value, byPath ? read(wanted as string, scope, operator) : wanted].map(TYPES[type]);
  // Values of another type are not an error; they are just not equal, less or greater.
  return left !== undefined && right !== undefined && compares(left, right);
}

function isTimestamp(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(value);
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.match(/\\.|\*|[^\\*]+/g) ?? [];
  const source = parts.map((part) => (part === '*' ? '.*' : part.replace(/^\\/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${source.join('')}$`, 's');
}
