import { ServiceResponse } from '../service';
import { BackupError } from './errors';

const CONTENT_TYPE = { 'content-type': 'application/json' };

/** A success in restJson1. */
export const answer = (output: Readonly<Record<string, unknown>>): ServiceResponse =>
  ({ kind: 'answer', status: 200, headers: CONTENT_TYPE, body: JSON.stringify(output) });

/** An error in restJson1: its type is in a header. */
export const errorAnswer = (error: BackupError): ServiceResponse => ({
  kind: 'answer',
  status: error.status,
  headers: { ...CONTENT_TYPE, 'x-amzn-errortype': `${error.type}:http://internal.amazon.com/coral/com.amazonaws.backup/` },
  body: JSON.stringify({ Code: error.type, Message: error.message }),
});
