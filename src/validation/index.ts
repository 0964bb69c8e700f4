export { checkProps } from './check-props';
export { problemsError } from './problem';
export { viewOf } from './props-view';
