import { IConstruct } from 'constructs';

const SKIP_CONTEXT = 'cdk-on-demand-backup:skip';

/** Why this deployment is to back up nothing, if the context says so. */
export function skipReason(scope: IConstruct): string | undefined {
  const reason = scope.node.tryGetContext(SKIP_CONTEXT);
  if (reason !== undefined && (typeof reason !== 'string' || reason.trim() === '' || reason === 'true')) {
    throw new Error(`${scope.node.path}: context ${SKIP_CONTEXT} is ${JSON.stringify(reason)}, expected the reason as a text: it stays in the resource and in the log; `
      + `give one with -c ${SKIP_CONTEXT}="<reason>"`);
  }
  return reason?.trim();
}
