/** Two administrators at one object: who changes it says which version they saw, and is told what came in between. */
import { conflict } from '@oneforge/kernel/errors'
import { changesBetween, changesSince, type LaterChange, lastVersion } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { changedObject } from './changed.ts'
import { beginChange, objectIn } from './customization.service.ts'
import { presentChanges } from './versions.presentation.ts'
import { readerOf } from './versions.service.ts'

/**
 * Goes on only if nobody has changed the object or its fields since the version; without one it always does.
 *
 * @throws CONFLICT with the object as it is now, and who changed what meanwhile.
 */
export async function requireUnchanged(context: OperationContext, slug: string, version?: number): Promise<void> {
  if (version === undefined) return
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  if (object.changedIn <= version) return
  const details = await changesMeanwhile(context, object.id, version)
  const who = details[0] ? ` ${details[0].message}.` : ''
  throw conflict(`“${slug}” has been changed since you opened it.${who} Look at it again, then repeat your change.`, {
    details,
    data: await changedObject(context, slug),
  })
}

async function changesMeanwhile(context: OperationContext, objectId: string, version: number) {
  const { tx, model } = context
  const last = await lastVersion(tx, model.tenantId)
  const changes = (await changesBetween(tx, model.tenantId, version, last)).filter(
    ({ id, before, after }) => id === objectId || (after ?? before)?.object_id === objectId,
  )
  const ids = changes.map(({ id }) => id)
  const later = new Map((await changesSince(tx, model.tenantId, version, ids)).map((one) => [one.id, one]))
  const reader = await readerOf(context)
  return presentChanges(changes, reader).map(({ id, kind, key, text }) => ({
    field: kind === 'object' ? 'object' : key,
    message: told(text, later.get(id)),
  }))
}

const told = (text: string, later: LaterChange | undefined): string =>
  later?.actor_name ? `${later.actor_name}: ${text}` : text
