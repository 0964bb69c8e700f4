import * as fs from 'fs';
import * as path from 'path';
import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateResource } from './app-view';

/** The templates that synthesis has written, which are final and need not be rendered again. */
export class Templates {
  /** Of each stack, by logical id; undefined for a stack that is not to be looked at. */
  private readonly resources = new Map<Stack, { readonly [logicalId: string]: TemplateResource } | undefined>();
  private readonly wanted: ReadonlySet<string>;

  constructor(templatePaths: readonly string[]) {
    this.wanted = new Set(templatePaths.map((each) => path.resolve(each)));
  }

  /** The resource as it is rendered; undefined if it is not, or not in a template that is to be looked at. */
  public bodyOf(resource: CfnResource): TemplateResource | undefined {
    const stack = Stack.of(resource);
    return this.of(stack)?.[stack.resolve(resource.logicalId)];
  }

  /** Whether the template of a stack is to be looked at. */
  public has(stack: Stack): boolean {
    return this.of(stack) !== undefined;
  }

  private of(stack: Stack): { readonly [logicalId: string]: TemplateResource } | undefined {
    if (!this.resources.has(stack)) {
      this.resources.set(stack, this.wanted.has(fileOf(outermost(stack))) ? read(fileOf(stack)) : undefined);
    }
    return this.resources.get(stack);
  }
}

function read(file: string): { readonly [logicalId: string]: TemplateResource } {
  return JSON.parse(fs.readFileSync(file, 'utf8')).Resources ?? {};
}

function fileOf(stack: Stack): string {
  return path.resolve(Stage.of(stack)!.outdir, stack.templateFile);
}

/** The templates of nested stacks are not in the list, but beside those around them. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

/** The path of what a person would call the resource: the construct that it is the default child of. */
export function displayPath(resource: IConstruct): string {
  const { scope, path: own } = resource.node;
  return scope && scope.node.defaultChild === resource ? scope.node.path : own;
}
