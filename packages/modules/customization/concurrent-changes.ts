/** Two administrators at one thing: who changes it says which version they saw, and is told what came in between. */
import { conflict } from '@oneforge/kernel/errors'
import {
  changesBetween,
  changesSince,
  type LaterChange,
  lastChangeOf,
  lastVersion,
  type MetadataChange,
  type VersionedKind,
} from '@oneforge/kernel/metadata'
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
  const concerns = ({ id, before, after }: MetadataChange) =>
    id === object.id || (after ?? before)?.object_id === object.id
  throw await changedMeanwhile(context, `“${slug}”`, version, concerns, await changedObject(context, slug))
}

/**
 * The same for a thing that has its versions by itself. Whoever calls has taken the tenant's turn.
 *
 * @param current answers it as it is now.
 */
export async function requireUnchangedThing(
  context: OperationContext,
  thing: { kind: VersionedKind; id: string; name: string },
  version: number | undefined,
  current: () => Promise<object>,
): Promise<void> {
  const { tx, model } = context
  if (version === undefined || (await lastChangeOf(tx, model.tenantId, thing.kind, thing.id)) <= version) return
  throw await changedMeanwhile(context, thing.name, version, ({ id }) => id === thing.id, await current())
}

async function changedMeanwhile(
  context: OperationContext,
  name: string,
  version: number,
  concerns: (change: MetadataChange) => boolean,
  data: object,
) {
  const details = await changesMeanwhile(context, version, concerns)
  const who = details[0] ? ` ${details[0].message}.` : ''
  const message = `${name} has been changed since you opened it.${who} Look at it again, then repeat your change.`
  return conflict(message, { details, data })
}

async function changesMeanwhile(
  context: OperationContext,
  version: number,
  concerns: (change: MetadataChange) => boolean,
) {
  const { tx, model } = context
  const last = await lastVersion(tx, model.tenantId)
  const changes = (await changesBetween(tx, model.tenantId, version, last)).filter(concerns)
  const ids = changes.map(({ id }) => id)
  const later = new Map((await changesSince(tx, model.tenantId, version, ids)).map((one) => [one.id, one]))
  const reader = await readerOf(context)
  return presentChanges(changes, reader).map(({ id, kind, key, text }) => ({
    field: kind === 'object' || key === '' ? kind : key,
    message: told(text, later.get(id)),
  }))
}

const told = (text: string, later: LaterChange | undefined): string =>
  later?.actor_name ? `${later.actor_name}: ${text}` : text
