import { Clock } from '../clock';

/** Something that is going to happen in the service by itself. */
export interface Appointment {
  cancel(): void;
}

interface Entry {
  readonly time: number;
  readonly action: (time: number) => void;
  cancelled: boolean;
}

/**
 * What the service does by itself as time goes by. Everything due is done in the order of its time, also when the
 * clock has jumped over it, so that the state is a function of the clock alone.
 */
export class Agenda {
  /** Ordered by time; of the same instant by registration. */
  private readonly entries: Entry[] = [];

  constructor(private readonly clock: Clock) {}

  /** The clock wakes the service for it. */
  public at(time: number, action: (time: number) => void): Appointment {
    const appointment = this.lazilyAt(time, action);
    const timer = Number.isFinite(time) ? this.clock.at(time, () => this.settle()) : undefined;
    return {
      cancel: () => {
        appointment.cancel();
        timer?.cancel();
      },
    };
  }

  /** Done when somebody looks next: a clock that runs until nothing is left to do must not jump to the end of a retention. */
  public lazilyAt(time: number, action: (time: number) => void): Appointment {
    const entry = { time, action, cancelled: false };
    if (Number.isFinite(time)) this.entries.splice(this.placeFor(time), 0, entry);
    return { cancel: () => { entry.cancelled = true; } };
  }

  /** Does everything that is due. */
  public settle(): void {
    while (this.entries.length > 0 && this.entries[0].time <= this.clock.now()) {
      const entry = this.entries.shift()!;
      if (!entry.cancelled) entry.action(entry.time);
    }
  }

  private placeFor(time: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.entries[middle].time <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
