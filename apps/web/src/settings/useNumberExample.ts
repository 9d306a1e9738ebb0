import { useWorkspace } from '../api/workspace.ts'
import { toWallClock } from '../fields/dates.ts'
import { useLocations } from '../locations/locations.ts'
import { numberExample } from './numberExample.ts'

/** What the number with a count would be if it were made now, at the first of the locations. */
export function useNumberExample(): (pattern: string, count: number) => string {
  const { timeZone } = useWorkspace()
  const { data: locations = [] } = useLocations()
  const today = toWallClock(new Date().toISOString(), timeZone)?.slice(0, 10) ?? ''
  return (pattern, count) => numberExample(pattern, count, today, locations[0]?.code ?? 'NORTH')
}
