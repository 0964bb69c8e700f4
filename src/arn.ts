import { CfnResource, IResolvable, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { ArnView, parseArn } from './arn-view';
import { TOKEN } from './resource-facts';

/** Reads what stands in an ARN literally. */
export function readArn(arn: string): ArnView {
  // Not Arn.split(): it answers tokens of its own for the parts of an ARN that holds one.
  return parseArn(textOf(arn));
}

/** A text with `{token}` for each token in it. */
export function textOf(text: string): string {
  const fragments = Tokenization.reverseString(text);
  // Most texts are a literal or a token as a whole.
  return fragments.length === 1
    ? fragments.firstToken ? TOKEN : text
    : fragments.mapTokens({ mapToken: () => TOKEN }).join({ join: (left, right) => `${left ?? ''}${right ?? ''}` }) ?? '';
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
  for (const token of [...tokens].reverse()) {
    const reference = referenceBehind(token, 0);
    if (reference) {
      const text = textOf(arn);
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
