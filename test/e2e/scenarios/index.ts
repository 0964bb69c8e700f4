import { Scenario } from '../scenario';
import { PLAIN } from './plain';

export const SCENARIOS: readonly Scenario[] = [...PLAIN];
