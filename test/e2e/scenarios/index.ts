import { Scenario } from '../scenario';
import { ELSEWHERE } from './elsewhere';
import { EXAMPLES } from './examples';
import { FAILING } from './failing';
import { GUARDS } from './guards';
import { PLAIN } from './plain';
import { WAITING } from './waiting';

/** The long ones first, so that none is left alone at the end. */
export const SCENARIOS: readonly Scenario[] = [...WAITING, ...EXAMPLES, ...ELSEWHERE, ...GUARDS, ...FAILING, ...PLAIN];
