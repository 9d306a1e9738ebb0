/** The records that e-mails become, and what they are about. */
import { memberRights, scopeOf } from '@oneforge/kernel/access'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { isNotFound, type PresentedRecord, presentRecord, type RecordContext, readRow } from '@oneforge/kernel/records'
import { ownersOf } from './addresses.store.ts'

/** @param refusal what is thrown where the workspace keeps none. */
export function objectOfEmails({ model }: RecordContext, refusal: (reason: string) => Error): CompiledObject {
  const object = model.objects.find(({ activity }) => activity === 'email')
  if (object) return object
  throw refusal('The workspace keeps no e-mails: an administrator can add them with the template “Activities”.')
}

/** Ids of the records that the e-mail is about; none where the caller does not see it any more. */
export async function aboutOf(context: RecordContext, emails: CompiledObject, id: string): Promise<string[]> {
  const about = (await findRecord(context, emails, id))?.about
  return Array.isArray(about) ? about.map((one) => (one as { id: string }).id) : []
}

/** Undefined where the caller does not see it, or no more. */
export async function findRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
): Promise<PresentedRecord | undefined> {
  if (!scopeOf(context.policy, object, 'read')) return undefined
  try {
    return presentRecord(context.model, context.policy, object, await readRow(context, object, id))
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** The first of the records' owners who is a member still; null where none is. */
export async function ownerAmong({ tx, model }: RecordContext, recordIds: string[]): Promise<string | null> {
  const owners = await ownersOf(tx, model.tenantId, recordIds)
  const members = new Set((await memberRights(tx, model.tenantId, owners)).map(({ userId }) => userId))
  return owners.find((owner) => members.has(owner)) ?? null
}
