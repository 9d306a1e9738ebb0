/** How often is asked what others have changed in what somebody looks at, in milliseconds. */
export const othersPace = 10_000
