/** What a backup that did not go well does to the deployment. */
export enum BackupProblemAction {
  /** The resource fails, and with it the deployment. */
  FAIL = 'FAIL',
  /** The deployment goes on; the state and the service's message are in the attributes and in the function's log. */
  WARN = 'WARN',
}
