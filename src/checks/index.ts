export * from './checks-props';
export * from './on-demand-backup-checks';
