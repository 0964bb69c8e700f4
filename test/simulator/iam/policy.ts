/** Pure judgement of policy documents. */
export interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

const many = (value: string | readonly string[]): readonly string[] => typeof value === 'string' ? [value] : value;

/** The same few patterns are asked for at each call of a service. */
const compiled = new Map<string, RegExp>();

export function matches(pattern: string, text: string, caseless = false): boolean {
  const key = `${caseless} ${pattern}`;
  let expression = compiled.get(key);
  if (!expression) {
    const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
    expression = new RegExp(`^${source}$`, caseless ? 'is' : 's');
    compiled.set(key, expression);
  }
  return expression.test(text);
}

const anyMatch = (patterns: string | readonly string[], text: string, caseless = false): boolean =>
  many(patterns).some((pattern) => matches(pattern, text, caseless));

const TESTS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value, wanted) => matches(wanted, value),
  ArnEquals: (value, wanted) => matches(wanted, value),
  ArnLike: (value, wanted) => matches(wanted, value),
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
};

/** `StringNotLike` and the like: true unless one of the values matches. */
function negation(operator: string): string | undefined {
  const positive = operator.replace(/^(String|Arn)Not/, '$1');
  return positive === operator ? undefined : positive;
}

function holds(condition: Statement['Condition'], context: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition ?? {}).every(([full, keys]) => Object.entries(keys).every(([key, wanted]) => {
    const value = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
    const values = [wanted].flat().map(String);
    const [quantifier, rest] = full.includes(':') ? full.split(':') : ['', full];
    const operator = rest.replace(/IfExists$/, '');
    if (operator === 'Null') return values.includes(String(value === undefined));
    const negative = negation(operator);
    if (value === undefined) return rest.endsWith('IfExists') || quantifier === 'ForAllValues' || negative !== undefined;
    const test = TESTS[negative ?? operator];
    if (!test) throw new Error(`The simulator's IAM does not know the condition operator ${full}`);
    const found = values.some((one) => test(value, one));
    return negative ? !found : found;
  }));
}

function applies(statement: Statement, question: Question): boolean {
  const action = statement.Action !== undefined
    ? anyMatch(statement.Action, question.action, true)
    : statement.NotAction !== undefined && !anyMatch(statement.NotAction, question.action, true);
  const resource = statement.Resource !== undefined
    ? anyMatch(statement.Resource, question.resource)
    : statement.NotResource !== undefined && !anyMatch(statement.NotResource, question.resource);
  return action && resource && holds(statement.Condition, question.context);
}

/** What a set of documents says: an explicit Deny wins. */
export function judge(documents: readonly PolicyDocument[], question: Question): 'allowed' | 'denied' | 'silent' {
  const effects = documents.flatMap((document) => [document.Statement].flat() as Statement[])
    .filter((statement) => applies(statement, question))
    .map((statement) => statement.Effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'silent';
}
