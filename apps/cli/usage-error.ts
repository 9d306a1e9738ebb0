/** Something on the command line is wrong; the message says what to give instead. */
export class UsageError extends Error {}
