import { synthesizedCode } from './app';
import { GUARDED_EXAMS } from './broken/exams';
import { GUARDED_BROKEN, guardedCastOf } from './broken/handlers';
import { GUARDED_TABLES } from './guarded-tables';
import { examine } from '../broken/examine';

const shipped = synthesizedCode(GUARDED_EXAMS[0].history.operations[0].code);

examine({ kind: GUARDED_TABLES, exams: GUARDED_EXAMS, broken: GUARDED_BROKEN, castOf: async (broken) => guardedCastOf(broken, shipped) });
