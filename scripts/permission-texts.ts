/** What each action is for. One that has no text here fails the generator, so nothing is granted without a reason. */
export const PURPOSES: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'its log',
  'logs:PutLogEvents': 'its log',
  'backup:DescribeBackupJob': 'following a job',
  'backup:ListBackupJobs': 'finding a job that runs already',
  'cloudformation:DescribeStacks': 'telling a rollback from an update',
  'cloudformation:DescribeStackEvents': 'finding out when a deletion began, where final backups may take more than an hour',
  'cloudformation:DescribeStackResource': 'finding a guarded source, and whether there is one yet',
  'backup:StartBackupJob': 'starting a job',
  'iam:PassRole': 'starting a job with the role',
  'states:StartExecution': 'waiting',
  'backup:ListCopyJobs': 'waiting for the copy into an air-gapped vault',
  'backup:StopBackupJob': 'stopping a job that is still queued when time is up, and one that runs where that was asked for',
  'ec2:CreateNetworkInterface': 'Lambda connects the function to the VPC',
  'ec2:DescribeNetworkInterfaces': 'Lambda connects the function to the VPC',
  'ec2:DescribeSubnets': 'Lambda connects the function to the VPC',
  'ec2:DeleteNetworkInterface': 'Lambda connects the function to the VPC',
  'ec2:AssignPrivateIpAddresses': 'Lambda connects the function to the VPC',
  'ec2:UnassignPrivateIpAddresses': 'Lambda connects the function to the VPC',
  'xray:PutTraceSegments': 'traces',
  'xray:PutTelemetryRecords': 'traces',
  'sqs:SendMessage': 'Lambda puts events there that could not be handled',
  'kms:Decrypt': 'using what the key encrypts',
  'kms:GenerateDataKey': 'using what the key encrypts',
};

/** What the resources are called that a statement can be about, by their types. */
export const NAMES: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'its log group',
  'AWS::Backup::BackupVault': 'the vaults in use',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'the air-gapped vault',
  'AWS::IAM::Role': 'the roles in use',
  'AWS::StepFunctions::StateMachine': 'the state machine of the stack',
  'AWS::SQS::Queue': 'the queue',
  'AWS::KMS::Key': 'the key',
};

/** What CloudFormation needs to make, change and delete what this library adds to a stack, by types. Those of the handlers in CloudFormation's registry, without reading. */
export const DEPLOYING: Readonly<Record<string, readonly [resource: string, ...actions: string[]]>> = {
  'AWS::Backup::BackupVault': ['the default vault', 'backup:CreateBackupVault', 'backup:DeleteBackupVault', 'backup:TagResource', 'backup:UntagResource', 'backup-storage:MountCapsule'],
  'AWS::IAM::Role': ['the roles of the function, of the state machine and of AWS Backup', 'iam:CreateRole', 'iam:DeleteRole', 'iam:UpdateRole', 'iam:UpdateAssumeRolePolicy',
    'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:AttachRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:TagRole', 'iam:UntagRole'],
  'AWS::IAM::Policy': ['the permissions of pairs of vault and role', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
  'AWS::Logs::LogGroup': ['the log groups', 'logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy', 'logs:TagResource', 'logs:UntagResource'],
  'AWS::Lambda::Function': ['the function', 'lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:DeleteFunction',
    'lambda:PutFunctionConcurrency', 'lambda:TagResource', 'lambda:UntagResource', 'iam:PassRole to lambda.amazonaws.com', 's3:GetObject on the assets'],
  'AWS::StepFunctions::StateMachine': ['the state machine', 'states:CreateStateMachine', 'states:UpdateStateMachine', 'states:DeleteStateMachine', 'states:TagResource',
    'states:UntagResource', 'iam:PassRole to states.amazonaws.com'],
  'Custom::OnDemandBackup': ['backups', 'lambda:InvokeFunction on the function'],
  'Custom::OnDemandBackupWait': ['further hours of waiting', 'lambda:InvokeFunction on the function'],
  'Custom::OnDemandBackupFinal': ['final backups', 'lambda:InvokeFunction on the function'],
  'AWS::EC2::SecurityGroup': ['the security group, with `vpc` and without `securityGroups`', 'ec2:CreateSecurityGroup', 'ec2:DeleteSecurityGroup', 'ec2:AuthorizeSecurityGroupEgress',
    'ec2:RevokeSecurityGroupEgress', 'ec2:CreateTags'],
};

/** Where in a VPC the function calls what, by the service in its actions; an action of another service is called by Lambda itself, or answered by none. */
export const ENDPOINTS: Readonly<Record<string, string>> = {
  backup: 'com.amazonaws.REGION.backup',
  cloudformation: 'com.amazonaws.REGION.cloudformation',
  states: 'com.amazonaws.REGION.states',
};

/** Services of which the function itself calls nothing. */
export const CALLED_BY_LAMBDA: readonly string[] = ['ec2', 'iam', 'kms', 'logs', 'sqs', 'xray'];
