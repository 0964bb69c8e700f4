import { Machine } from '../../simulator';
import { guardedCaughtBy } from './broken/caught';
import { GUARDED_EXAMS } from './broken/exams';
import { GUARDED_BROKEN } from './broken/handlers';
import { guardedCounterexample } from './prove';
import { examine } from '../broken/examine';

const machine = Machine.inline();

examine({
  what: 'guarded tables',
  exams: GUARDED_EXAMS.map(({ name, history }) => [name, async () => guardedCounterexample(history, machine)]),
  broken: GUARDED_BROKEN.map((broken) => [broken.name, async () => guardedCaughtBy(broken)]),
});
