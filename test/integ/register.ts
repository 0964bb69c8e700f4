import Module from 'module';
import * as path from 'path';
import { Manifest } from 'aws-cdk-lib/cloud-assembly-schema';
import { Node } from 'constructs';

// See docs/decisions/0011.
Manifest.version = () => '53.0.0';

// Snapshots are the same wherever they were made: neither what was created where nor what was said where is in them.
process.env.CDK_CONTEXT_JSON = JSON.stringify({
  ...JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}'), 'aws:cdk:disable-creation-stack-traces': true, 'aws:cdk:disable-logicalId-metadata': true,
});
const addMetadata = Node.prototype.addMetadata;
Node.prototype.addMetadata = function (type, data) {
  addMetadata.call(this, type, data);
};

// The examples import the package by its name, as users do.
const loader = Module as unknown as { _resolveFilename(request: string, ...rest: unknown[]): string };
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, ...rest) => resolve.call(Module, request === 'cdk-on-demand-backup' ? path.join(__dirname, '..', '..') : request, ...rest);
