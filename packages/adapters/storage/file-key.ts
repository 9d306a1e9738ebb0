/** Keys come from our own code; one that could lead elsewhere is a mistake there. */
const keyPattern = /^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/

export function requireKey(key: string): string {
  if (!keyPattern.test(key)) throw new Error(`“${key}” cannot be the key of a file.`)
  return key
}
