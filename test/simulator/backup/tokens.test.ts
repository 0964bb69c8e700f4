import { Fixture, fixture, TABLE } from './fixture';
import { Undocumented } from './index';

const MINUTE = 60;

describe('idempotency tokens', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}) => {
    await aws?.close();
    aws = await fixture({ undocumented });
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('tokens', () => {
    const ids = async (...inputs: object[]) => {
      const found = [];
      for (const input of inputs) found.push((await aws.start({ IdempotencyToken: 'token', ...input })).BackupJobId);
      return found;
    };

    test.each([[Infinity, [1, 1, 1]], [60, [1, 1, 2]], [0, [1, 2, 3]]])('remembered for %p minutes', async (tokenLifetimeMinutes, expected) => {
      await open({ tokenLifetimeMinutes });
      const counts = [];
      for (const wait of [0, 59 * MINUTE, 2 * MINUTE]) {
        await aws.clock.advance(wait);
        await aws.start({ IdempotencyToken: 'token' });
        counts.push(aws.service.jobs().length);
      }
      expect(counts).toEqual(expected);
    });

    test('a lifetime of nothing covers not even the same instant', async () => {
      await open({ tokenLifetimeMinutes: 0 });
      const [first, second] = await ids({}, {});
      expect(second).not.toBe(first);
    });

    test('the reply names the job, or nothing', async () => {
      const [first, second] = await ids({}, {});
      expect(second).toBe(first);
      await open({ repeatedTokenReply: 'without-job-id' });
      expect(await ids({}, {})).toEqual([expect.any(String), undefined]);
      expect(aws.service.jobs()).toHaveLength(1);
    });

    test('other parameters: the old job, or an error', async () => {
      const [first, second] = await ids({}, { ResourceArn: TABLE });
      expect(second).toBe(first);
      await open({ repeatedTokenWithOtherParameters: 'InvalidParameterValueException' });
      await ids({}, {});
      await expect(ids({ ResourceArn: TABLE })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });

    test('a call that failed has used no token', async () => {
      await expect(ids({ BackupVaultName: 'later' })).rejects.toThrow();
      aws.service.putVault({ name: 'later' });
      await ids({ BackupVaultName: 'later' });
      expect(aws.service.jobs()).toHaveLength(1);
    });
  });
});
