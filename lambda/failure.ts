/** Something that the user has to know, in our own words. */
export class UserError extends Error {}
