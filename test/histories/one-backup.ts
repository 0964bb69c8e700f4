import { histories, History } from './history';
import { problemsOf } from './invariants';
import { Cast, Play, play } from './play';
import type { Kind } from './prove';

/** One backup that starts, waits, fails and is rolled back. */
export const ONE_BACKUP: Kind<History, Cast, Play> = { name: 'of one backup', histories, play, problemsOf };
