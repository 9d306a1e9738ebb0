import type { Role } from '@oneforge/client'
import { useRoles } from '../access/rights.ts'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'

/** What roles are called, as far as this reader may know: administrators all of them, others their own. */
export function useRoleLabels(): (key: string) => string {
  const { roles: own } = useWorkspace()
  const choices = useRoleChoices()
  return (key) => [...choices, ...own].find((role) => role.key === key)?.label ?? key.replaceAll('_', ' ')
}

/** The roles that somebody may be given. */
export function useRoleChoices(): Pick<Role, 'key' | 'label' | 'description' | 'admin'>[] {
  const [mayUsers, mayRoles] = [useMayAdmin('users'), useMayAdmin('roles')]
  const { data: roles = [] } = useRoles(mayUsers || mayRoles)
  return roles
}
