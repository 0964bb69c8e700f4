import { Packages } from './pack';

/** The programs that every language has, by what they are for. */
export type Program = 'app' | 'bad-input' | 'checked-app' | 'smallest';

/** A consumer, installed into a folder of its own. */
export interface Consumer {
  readonly folder: string;
  /** The command that runs a program, as one gives it to `cdk --app`. */
  command(program: Program): readonly [string, ...string[]];
}

export interface Language {
  readonly name: string;
  /** Its folder in `test/consumers`. */
  readonly sources: string;
  /** Whether it has a policy check of its own. */
  readonly hasPolicy: boolean;
  /** Where the example of README.md goes, so that it is compiled and run too. */
  readonly smallest?: { readonly fence: string; readonly file: string };
  /** Set where two of its versions of aws-cdk-lib cannot be installed at the same time. */
  readonly oneAtATime?: true;
  /** Why it cannot run here, if it cannot. */
  missing(): string | undefined;
  /**
   * Installs what was packed into a folder that holds a copy of the sources, and compiles them.
   * @param cdkVersion of aws-cdk-lib; undefined for the newest one of the language's registry
   */
  install(folder: string, packages: Packages, cdkVersion: string | undefined): Consumer;
}
