import { examine } from './broken/examine';
import { EXAMS } from './broken/exams';
import { BROKEN, castOf } from './broken/handlers';
import { ONE_BACKUP } from './one-backup';
import { synthesized } from './variants';

const shipped = synthesized(EXAMS[0].history.operations[0].variant);

examine({ kind: ONE_BACKUP, exams: EXAMS, broken: BROKEN, castOf: async (broken) => castOf(broken, shipped) });
