export { checkProps } from './check-props';
export { validateStack } from './check-stack';
export { addWarnings, validateBackup } from './collect';
export { problemsError } from './problem';
export { viewOf } from './props-view';
