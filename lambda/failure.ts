/** Something that the user has to know, in our own words. */
export class UserError extends Error {}

/** The same, where it may be only that the service does not show yet what it has done. */
export class NotYetError extends Error {}
