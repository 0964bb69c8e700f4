import { Clock, ClockTimer } from '../simulator/clock';

/** Node fires timers beyond this at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The simulator's services in real time, for clients whose own clock nobody can wind. */
export class RealClock implements Clock {
  public now(): number {
    return Date.now();
  }

  public at(time: number, action: () => void | Promise<void>): ClockTimer {
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      // Timers may fire a little early, and what is not due yet would never be done.
      const left = time - Date.now();
      timer = setTimeout(left > 0 ? wait : () => void action(), Math.min(Math.max(left, 0), LONGEST_TIMER)).unref();
    };
    wait();
    return { cancel: () => clearTimeout(timer) };
  }

  public async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.at(Date.now() + milliseconds, resolve));
  }
}
