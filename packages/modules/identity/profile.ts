/** What a person is told of themselves and of the workspace they are in. */
import type { UserRow, WorkspaceRow } from './identity.store.ts'

export interface UserProfile {
  id: string
  email: string
  name: string
  locale: string
  timeZone: string
  emailVerified: boolean
  /** Whether the person looks after the installation as a whole. */
  superAdmin: boolean
  /** Whether signing in asks for a code. */
  secondFactor: boolean
}

export interface WorkspaceReference {
  id: string
  name: string
  slug: string
}

/** A person's own language and time zone, else those of the workspace. */
export const profileOf = (user: UserRow, workspace: Pick<WorkspaceRow, 'locale' | 'timeZone'>): UserProfile => ({
  id: user.id,
  email: user.email,
  name: user.name,
  locale: user.locale ?? workspace.locale,
  timeZone: user.timeZone ?? workspace.timeZone,
  emailVerified: user.emailVerified,
  superAdmin: user.superAdmin,
  secondFactor: user.secondFactor,
})

export const referenceOf = ({ id, name, slug }: WorkspaceRow): WorkspaceReference => ({ id, name, slug })
