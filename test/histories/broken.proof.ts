import { Machine } from '../simulator';
import { caughtBy } from './broken/caught';
import { examine } from './broken/examine';
import { EXAMS } from './broken/exams';
import { BROKEN } from './broken/handlers';
import { counterexample } from './prove';

const machine = Machine.inline();

examine({
  what: 'one backup',
  exams: EXAMS.map(({ name, history }) => [name, async () => counterexample(history, machine)]),
  broken: BROKEN.map((broken) => [broken.name, async () => caughtBy(broken)]),
});
