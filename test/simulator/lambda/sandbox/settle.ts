import { moving } from './http';

/** What may stay open while a process is at rest: sockets, its pipes to the host, and timers of Node's own. */
const AT_REST = new Set(['PipeWrap', 'TCPSocketWrap', 'TCPServerWrap', 'TTYWrap', 'Immediate', 'Timeout']);
/** Promise chains of any length end within one turn of the loop; further turns let sockets hand over what they have. */
const TURNS = 3;

/** Calls back once everything that was set off has come to rest. */
export class Settling {
  private watching = false;
  private quiet = 0;

  constructor(private readonly atRest: () => void) {}

  public activity = (): void => {
    this.quiet = 0;
    if (this.watching) return;
    this.watching = true;
    setImmediate(this.look);
  };

  private readonly look = (): void => {
    if (moving() || process.getActiveResourcesInfo().some((name) => !AT_REST.has(name))) this.quiet = 0;
    else this.quiet += 1;
    if (this.quiet < TURNS) {
      setImmediate(this.look);
      return;
    }
    this.watching = false;
    this.atRest();
  };
}
