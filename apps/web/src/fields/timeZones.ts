/** All that can be chosen. Browsers leave UTC and old names out of their list; the zone in use is always there. */
export function timeZones(current: string): string[] {
  return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])]
}
