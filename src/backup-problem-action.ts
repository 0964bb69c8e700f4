/**
 * What a backup that did not go well does to the deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export enum BackupProblemAction {
  /** The resource fails, and with it the deployment. */
  FAIL = 'FAIL',
  /** The deployment goes on; the state and the service's message are in the attributes and in the function's log. */
  WARN = 'WARN',
}
