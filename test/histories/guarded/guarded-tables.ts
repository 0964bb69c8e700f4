import { GuardedHistory, guardedHistories } from './history';
import { guardedProblemsOf } from './invariants';
import { GuardedCast, GuardedPlay, playGuarded } from './play';
import type { Kind } from '../prove';

/** Tables with guards, gates and final backups. */
export const GUARDED_TABLES: Kind<GuardedHistory, GuardedCast, GuardedPlay> = {
  name: 'of guarded tables', histories: guardedHistories, play: playGuarded, problemsOf: guardedProblemsOf,
};
