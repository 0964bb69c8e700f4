import { CfnResource, IResolvable, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { TOKEN } from './resource-facts';

/** An ARN as far as it is known at synthesis. A part that is a token is undefined; a token within `resource` is written `{token}`. */
export interface ArnView {
  /** The whole text, tokens written `{token}`. */
  readonly text: string;
  /** The known text has the form of an ARN; also true where nothing can be said. */
  readonly wellFormed: boolean;
  readonly partition?: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  readonly resource?: string;
}

/** Reads what stands in an ARN literally. */
export function readArn(arn: string): ArnView {
  const text = textOf(arn);
  // Not Arn.split(): it answers tokens of its own for the parts of an ARN that holds one.
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  if (prefix.includes(TOKEN)) {
    return { text, wellFormed: true };
  }
  const resource = rest.join(':');
  return {
    text,
    wellFormed: prefix === 'arn' && (resource !== '' || text.includes(TOKEN)),
    partition: known(partition),
    service: known(service),
    region: known(region),
    account: known(account),
    resource: resource === '' || resource === TOKEN ? undefined : resource,
  };
}

function known(part: string | undefined): string | undefined {
  return part?.includes(TOKEN) ? undefined : part;
}

/** A text with `{token}` for each token in it. */
export function textOf(text: string): string {
  return Tokenization.reverseString(text)
    .mapTokens({ mapToken: () => TOKEN })
    .join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '';
}

/** The attribute of a resource in this app that an ARN is made of. */
export interface ArnReference {
  readonly target: CfnResource;
  /** Name of the attribute, or `Ref`. */
  readonly attribute: string;
  /** Literal text behind it, when the ARN begins with it; undefined when it stands somewhere within the ARN. */
  readonly suffix?: string;
}

/** What an ARN refers to: the last reference to a resource of this app, also behind Lazies and across stacks. */
export function referenceOf(arn: string): ArnReference | undefined {
  const { tokens } = Tokenization.reverseString(arn);
  const text = textOf(arn);
  for (const token of [...tokens].reverse()) {
    const reference = referenceBehind(token, 0);
    if (reference) {
      const suffix = tokens.length === 1 && text.startsWith(TOKEN) ? text.slice(TOKEN.length) : undefined;
      return { target: reference.target as CfnResource, attribute: reference.displayName, suffix };
    }
  }
  return undefined;
}

// A Lazy can produce a text with a Lazy in it; more than a few would be a loop.
const MAX_DEPTH = 8;

function referenceBehind(token: IResolvable, depth: number): Reference | undefined {
  if (Reference.isReference(token)) {
    return CfnResource.isCfnResource(token.target) ? token : undefined;
  }
  const value = depth < MAX_DEPTH ? valueOf(token) : undefined;
  if (Token.isUnresolved(value)) {
    const inner = typeof value === 'string' ? Tokenization.reverseString(value).tokens : [value];
    return inner.map((each) => referenceBehind(each, depth + 1)).find((found) => found);
  }
  return undefined;
}

/** What a Lazy stands for, as far as it can say so without being part of a synthesis. */
function valueOf(token: IResolvable): any {
  try {
    return token.resolve({
      scope: undefined as any, preparing: false, documentPath: [], registerPostProcessor: () => undefined, resolve: (value: any) => value,
    });
  } catch {
    return undefined;
  }
}
