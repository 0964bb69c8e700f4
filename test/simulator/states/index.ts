export { type Execution, type ExecutionStatus, type HistoryEvent, type InvokeResult } from './machine';
export { StatesService, type RecordedStatesCall, type StateMachineInput, type StatesFault, type StatesServiceOptions } from './service';
export { errorAnswer as statesErrorAnswer, StatesError } from './wire';
