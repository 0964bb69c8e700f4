import { parseArn, rowsOfArn } from '../src/arn-view';

describe('an ARN', () => {
  test('is read as far as it is known', () => {
    expect(parseArn('arn:aws:dynamodb:eu-west-1:111111111111:table/t:x')).toEqual({
      text: 'arn:aws:dynamodb:eu-west-1:111111111111:table/t:x',
      wellFormed: true,
      partition: 'aws',
      service: 'dynamodb',
      region: 'eu-west-1',
      account: '111111111111',
      resource: 'table/t:x',
    });
    expect(parseArn('arn:{token}:s3:::{token}-b')).toEqual({
      text: 'arn:{token}:s3:::{token}-b', wellFormed: true, service: 's3', region: '', account: '', resource: '{token}-b',
    });
    expect(parseArn('arn:aws:dynamodb:a-{token}:{token}:{token}')).toEqual({
      text: 'arn:aws:dynamodb:a-{token}:{token}:{token}', wellFormed: true, partition: 'aws', service: 'dynamodb',
    });
  });

  test('that begins with a token can be anything', () => {
    expect(parseArn('{token}:table/t')).toEqual({ text: '{token}:table/t', wellFormed: true });
    expect(parseArn('arn{token}')).toEqual({ text: 'arn{token}', wellFormed: true });
  });

  test('may end in a token that holds the rest', () => {
    expect(parseArn('arn:aws:{token}')).toEqual({ text: 'arn:aws:{token}', wellFormed: true, partition: 'aws' });
  });

  test.each(['', 'orders', 'arn', 'arn:aws:s3', 'arn:aws:s3:::', 'urn:aws:s3:::b', 'urn:aws:s3:::{token}'])('is not %p', (text) => {
    expect(parseArn(text).wellFormed).toBe(false);
  });
});

test.each<[string, string | undefined, string[]]>([
  ['arn:aws:ec2:r:a:volume/v', undefined, ['EBS']],
  ['arn:aws:ec2:r:a:{token}', undefined, ['EBS', 'EC2']],
  ['arn:aws:ec2:r:a:snapshot/s', undefined, ['EBS', 'EC2']],
  ['arn:aws:rds:r:a:cluster:c', undefined, ['Aurora', 'DocumentDB', 'Neptune', 'RDS']],
  ['arn:aws:rds:r:a:cluster:c', 'RDS', ['RDS Multi-AZ DB cluster']],
  ['arn:aws:rds:r:a:snapshot:s', 'RDS', ['RDS instance', 'RDS Multi-AZ DB cluster']],
  ['{token}', 'S3', ['S3']],
  ['{token}', undefined, []],
  ['arn:aws:sqs:r:a:q', undefined, []],
  ['arn:aws:s3:::b', 'New', []],
])('%s of type %p leaves %p', (arn, type, expected) => {
  const names = rowsOfArn(parseArn(arn), type).map((row) => type === undefined ? row.type : [row.type, row.variant].filter(Boolean).join(' '));
  expect(names).toEqual(expected);
});
