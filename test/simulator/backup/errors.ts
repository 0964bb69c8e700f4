const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ServiceUnavailableException: 500,
};

/** An error of the service, as its declared shapes have it. */
export class BackupError extends Error {
  constructor(public readonly type: string, message: string) {
    super(message);
    this.name = type;
  }

  public get status(): number {
    return STATUS[this.type] ?? 400;
  }
}

export const invalidParameter = (message: string): BackupError => new BackupError('InvalidParameterValueException', message);
export const invalidRequest = (message: string): BackupError => new BackupError('InvalidRequestException', message);
export const missingParameter = (message: string): BackupError => new BackupError('MissingParameterValueException', message);
export const notFound = (message: string): BackupError => new BackupError('ResourceNotFoundException', message);
export const accessDenied = (message: string): BackupError => new BackupError('AccessDeniedException', message);
