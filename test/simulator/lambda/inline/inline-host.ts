import { Account } from '../../server/front';
import { Host, Runner } from '../host';
import { Employer } from '../worker';
import { InlineRunner } from './runner';

/** Kept warm for later accounts. */
const KEPT = 12;

/** Runs functions in this process, and brings their requests to the account without a socket. */
export class InlineHost implements Host {
  public readonly endpoint = 'http://127.0.0.1';
  private readonly runners: InlineRunner[] = [];
  private account?: Account;
  private counter = 0;

  public serve(account: Account | undefined): void {
    this.account = account;
  }

  /** Code asks for its variables when it needs them, so only the code itself has to be the same. */
  public acquire(keyOfAll: string, employer: Employer): Runner {
    const [key] = JSON.parse(keyOfAll) as [string];
    const free = this.runners.filter(({ employed }) => !employed);
    const runner = free.find((each) => each.key === key) ?? (this.runners.length >= KEPT ? free[0] : undefined) ?? this.start();
    runner.employ(employer, this.account!, key);
    return runner;
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  public async release(runner: Runner): Promise<void> {
    this.runners.find(({ id }) => id === runner.id)?.dismiss();
  }

  public end(): void {
    this.runners.length = 0;
  }

  public async stop(): Promise<void> {}

  private start(): InlineRunner {
    const runner = new InlineRunner(++this.counter);
    this.runners.push(runner);
    return runner;
  }
}
