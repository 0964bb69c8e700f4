import { LocalAws, LocalAwsOptions, Machine } from '../simulator';

/** One simulated account for each test of a file, all on the same warm processes. */
export function accounts(): (options?: LocalAwsOptions) => Promise<LocalAws> {
  let machine: Machine;
  let current: LocalAws | undefined;
  beforeAll(async () => { machine = await Machine.start(); });
  afterEach(async () => {
    await current?.stop();
    current = undefined;
  });
  afterAll(async () => machine.stop());
  return async (options = {}) => {
    await current?.stop();
    current = await bootstrapped({ machine, ...options });
    return current;
  };
}

/** An account in which `cdk bootstrap` has been run. */
function bootstrapped(options: LocalAwsOptions): Promise<LocalAws> {
  return LocalAws.start({ ...options, ssm: { '/cdk-bootstrap/hnb659fds/version': '30', ...options.ssm } });
}
