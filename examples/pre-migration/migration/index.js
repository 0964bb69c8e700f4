const { DynamoDBClient, paginateScan, UpdateItemCommand } = require('@aws-sdk/client-dynamodb');

const SCHEMA = '1';

const client = new DynamoDBClient({});

/** Brings every order that is of an older schema to this one. */
exports.handler = async () => {
  const older = {
    TableName: process.env.TABLE,
    FilterExpression: 'attribute_not_exists(#schema) OR #schema < :schema',
    ExpressionAttributeNames: { '#schema': 'schema' },
    ExpressionAttributeValues: { ':schema': { S: SCHEMA } },
  };
  for await (const { Items: orders } of paginateScan({ client }, older)) {
    for (const { id } of orders) {
      await client.send(new UpdateItemCommand({
        TableName: process.env.TABLE,
        Key: { id },
        UpdateExpression: 'SET #schema = :schema',
        ExpressionAttributeNames: { '#schema': 'schema' },
        ExpressionAttributeValues: { ':schema': { S: SCHEMA } },
      }));
    }
  }
};
