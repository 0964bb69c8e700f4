import { VirtualClock } from './clock';

const clockAt = (): VirtualClock => new VirtualClock(1000);

test('entries run in the order of their time, those of one instant in the order of their registration', async () => {
  const clock = clockAt();
  const seen: string[] = [];
  for (const [time, name] of [[3000, 'c'], [2000, 'a'], [2000, 'b'], [500, 'past']] as const) clock.at(time, () => void seen.push(`${name}@${clock.now()}`));
  await clock.advance(5000);
  expect(seen).toEqual(['past@1000', 'a@2000', 'b@2000', 'c@3000']);
  expect(clock.now()).toBe(6000);
});

test('a thousand entries in any order come out sorted, but for those that were cancelled', async () => {
  const clock = clockAt();
  const seen: number[] = [];
  const timers = Array.from({ length: 1000 }, (_, index) => clock.at(1000 + (index * 7919) % 1000, () => void seen.push(clock.now())));
  timers.filter((_, index) => index % 3 === 0).forEach((timer) => timer.cancel());
  await clock.drain();
  expect(seen).toHaveLength(666);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('time stands still while nobody drives it, and while somebody works', async () => {
  const clock = clockAt();
  let rung = false;
  clock.at(2000, () => { rung = true; });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([rung, clock.now()]).toEqual([false, 1000]);
  const release = clock.hold('work');
  const driving = clock.advance(2000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([rung, clock.now()]).toEqual([false, 1000]);
  release();
  await driving;
  expect([rung, clock.now()]).toEqual([true, 3000]);
});

test('everything that an instant sets off is done before the next one', async () => {
  const clock = clockAt();
  const seen: string[] = [];
  clock.at(2000, async () => {
    for (let step = 0; step < 50; step++) await Promise.resolve();
    seen.push('chain of the first');
  });
  clock.at(2000, () => void seen.push('second'));
  await clock.advance(2000);
  expect(seen).toEqual(['chain of the first', 'second']);
});

test('what can never happen fails at once, what never ends fails at the horizon', async () => {
  await expect(clockAt().drive(new Promise(() => {}))).rejects.toThrow(/nothing is on the clock/);
  const clock = clockAt();
  const tick = (): void => void clock.at(clock.now() + 24 * 3_600_000, tick);
  tick();
  await expect(clock.drive(new Promise(() => {}))).rejects.toThrow(/still has not ended/);
});

test('an entry that throws fails whoever drives', async () => {
  const clock = clockAt();
  clock.at(2000, () => { throw new Error('broken entry'); });
  await expect(clock.advance(5000)).rejects.toThrow(/broken entry/);
});
