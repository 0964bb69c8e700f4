/** What to do about a failure, by the first pattern that its name or its message matches. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/cannot be assumed|AssumeRole/i,
    'Let the role trust the service backup.amazonaws.com, and check that it exists in this account.'],
  [/vault .*does not exist|insufficient privileges/i,
    'Check that the backup vault exists in this account and Region, and that its access policy allows the backup.'],
  [/running job for the same resource/i,
    'AWS Backup runs one job per resource at a time: wait for the other job, or move its backup plan to another hour.'],
  [/lifecycle is outside the valid range/i,
    'Set deleteAfter to a retention that the vault lock allows; a lock with a maximum also refuses recovery points without a retention.'],
  [/KMS|key ID/i,
    'Let the role use the KMS keys of the source and of the vault, and check that neither is disabled or pending deletion.'],
  [/maintenance window|backup window/i,
    'Deploy outside the maintenance and automated backup windows of the source, or give the job a longer startWindow.'],
  [/versioning/i,
    'Enable versioning on the bucket: AWS Backup needs it.'],
  [/opt.?in|not enabled/i,
    'Enable the resource type under "Service opt-in" in the AWS Backup settings of this Region.'],
  [/more than 50 (user )?tags/i,
    'The tags of the source and recoveryPointTags may be 50 together: use fewer.'],
  [/access ?denied|not authorized|does not have permission/i,
    'The message names who may not do what: give the role (for reading the source) or the deployment (for starting the job) that permission.'],
  [/ResourceNotFoundException|not found|could not find|does not exist/i,
    'Check that the source exists in this account and Region and that its ARN has the form that AWS Backup expects.'],
  [/InvalidParameterValueException/,
    'A value of the request is not valid for this resource type: the message names it.'],
  [/MissingParameterValueException/,
    'A value that AWS Backup needs is missing: the message names it.'],
  [/InvalidRequestException|Unsupported resource type|not supported for provided resource type/i,
    'AWS Backup cannot do this for this resource: see docs/resource-types.md for what each type can do.'],
  [/LimitExceededException|limit exceeded/i,
    'A quota of AWS Backup is reached: delete what is no longer needed, or ask for a higher quota in Service Quotas.'],
  [/ServiceUnavailableException|Throttling/,
    'AWS Backup did not take the request in time: deploy again.'],
  [/stopped by user/i,
    'Somebody stopped the job: deploy again to start another.'],
  [/expired/i,
    'The job did not start within its start window: deploy again, or give it a longer startWindow.'],
];

const GENERAL_ADVICE = 'See the job in the AWS Backup console under Jobs, then deploy again.';

export function adviceFor(...texts: (string | undefined)[]): string {
  const text = texts.filter(Boolean).join(' ');
  return ADVICE.find(([pattern]) => pattern.test(text))?.[1] ?? GENERAL_ADVICE;
}
