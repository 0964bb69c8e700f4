export * from './backup-completion';
export * from './backup-problem-action';
export * from './backup-source';
export * from './backup-trigger';
export * from './on-demand-backup';
export * from './on-demand-backup-props';
export * from './provider-props';
export * from './resource-type';
