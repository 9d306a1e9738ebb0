/** Two administrators at one role: who changes it says which version they saw, and is told what came in between. */
import { conflict } from '@oneforge/kernel/errors'
import { changesBetween, changesSince, lastVersion, propertyChanges } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { RoleRow } from './access.store.ts'

/**
 * Goes on only if nobody has changed the role since the version; without one it always does.
 *
 * @throws CONFLICT with the role as it is now, and who changed what meanwhile.
 */
export async function requireUnchangedRole(
  context: OperationContext,
  role: RoleRow,
  version: number | undefined,
  present: (role: RoleRow) => object,
): Promise<void> {
  if (version === undefined || role.version <= version) return
  const details = await changesMeanwhile(context, role.id, version)
  const who = details[0] ? ` ${details[0].message}.` : ''
  throw conflict(
    `The role “${role.key}” has been changed since you opened it.${who} Look at it again, then repeat your change.`,
    { details, data: present(role) },
  )
}

async function changesMeanwhile({ tx, model }: OperationContext, id: string, version: number) {
  const { tenantId } = model
  const changes = await changesBetween(tx, tenantId, version, await lastVersion(tx, tenantId))
  const [latest] = await changesSince(tx, tenantId, version, [id])
  const who = latest?.actor_name ? `${latest.actor_name}: ` : ''
  return changes
    .filter((change) => change.id === id)
    .flatMap(({ before, after }) => propertyChanges(before ?? {}, after ?? {}))
    .map(({ path, before, after }) => ({
      field: path.filter((part, index) => index > 0 || part !== 'definition').join('.'),
      message: `${who}${shown(before)} became ${shown(after)}`,
    }))
}

const longest = 80

const shown = (value: unknown): string =>
  value == null ? 'nothing' : `“${typeof value === 'string' ? value : JSON.stringify(value).slice(0, longest)}”`
