/** What the home page begins with, also before its own code is there. */
import type { Workspace } from '@oneforge/client'

export function partOfDay(): 'morning' | 'afternoon' | 'evening' {
  const hour = new Date().getHours()
  if (hour < 12) return 'morning'
  return hour < 18 ? 'afternoon' : 'evening'
}

export const firstNameOf = ({ user }: Workspace): string => user.name.split(' ')[0]!

/** Tasks that somebody has noted for themselves are no records yet of what the workspace is for. */
export const isEmptyWorkspace = ({ objects }: Workspace): boolean =>
  objects.every(({ activity, recordCount }) => activity !== null || recordCount === 0)

/** Whether people have a day here: tasks of their own, or something that is booked. */
export const hasDay = ({ objects }: Workspace): boolean =>
  objects.some(({ activity, booked }) => activity === 'task' || (booked && activity === null))
