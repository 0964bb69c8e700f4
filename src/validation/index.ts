export { validateStack } from './check-stack';
export { addWarnings, validateBackup } from './collect';
export { findingsOf } from './findings-of';
export { problemsError } from './problem';
export { viewOf } from './props-view';
