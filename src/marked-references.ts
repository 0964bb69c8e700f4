import { CfnResource, DefaultTokenResolver, IFragmentConcatenator, IPostProcessor, IResolvable, IResolveContext, Reference, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What stands for a value that only the deployment knows. */
export const UNKNOWN = '?';

/** A value with marks where it refers to resources, of any stack: templates only show those of their own. */
export interface MarkedValue {
  readonly value: any;
  /** By the number in a mark. */
  readonly targets: readonly CfnResource[];
}

/** Resolves a value as its template does, but keeps what it refers to. */
export function withReferences(scope: IConstruct, value: any): MarkedValue {
  const resolver = new MarkingResolver();
  return { value: Tokenization.resolve(value, { scope, resolver, preparing: false }), targets: resolver.targets };
}

/** The marks in a text, and the text without them. */
export function markedReferences(value: any): { readonly text: string; readonly indexes: readonly number[] } {
  const indexes: number[] = [];
  const text = asText(value).replace(MARK, (_, index) => {
    indexes.push(Number(index));
    return UNKNOWN;
  });
  return { text, indexes };
}

const MARK = /<ref:(\d+)>/g;

const AS_TEXT: IFragmentConcatenator = {
  join: (left, right) => [left, right].filter((each) => each !== undefined).map(asText).join(''),
};

function asText(value: any): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : UNKNOWN;
}

class MarkingResolver extends DefaultTokenResolver {
  public readonly targets: CfnResource[] = [];

  constructor() {
    super(AS_TEXT);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    return Reference.isReference(token) && CfnResource.isCfnResource(token.target)
      ? `<ref:${this.targets.push(token.target) - 1}>`
      : super.resolveToken(token, context, postProcessor);
  }
}
