/** People named in a text: `<@id>` stands for a member, and is shown with the name that they have now. */
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { mentionsIn, type RecordContext, readRow } from '@oneforge/kernel/records'
import { memberNames } from './preferences.store.ts'
import { readersOf } from './readers.ts'

const mostMentions = 50
const mostOffered = 20

/**
 * Ids of those who are named in a text on the record.
 *
 * @throws VALIDATION_ERROR for `field` where one of them may not see the record, or is nobody.
 */
export async function checkedMentions(
  context: Pick<RecordContext, 'tx' | 'model'>,
  object: CompiledObject,
  recordId: string,
  { text, field }: { text: string; field: string },
): Promise<string[]> {
  const ids = mentionsIn(text)
  if (ids.length > mostMentions)
    throw validationError([{ field, message: `can mention ${mostMentions} people at most` }])
  const readers = new Set((await readersOf(context, object, recordId, ids)).map(({ userId }) => userId))
  const blind = ids.filter((id) => !readers.has(id))
  if (blind.length === 0) return ids
  const names = await namesOf(context, blind)
  throw validationError([
    {
      field,
      message: `mentions ${names.join(', ')}, who may not see this record. Give them access first, or leave the mention out.`,
    },
  ])
}

/** Members named in the texts, with the names they have now; also those who have left. */
export function mentionedIn(
  { tx, model }: Pick<RecordContext, 'tx' | 'model'>,
  texts: string[],
): Promise<{ id: string; name: string }[]> {
  const ids = [...new Set(texts.flatMap(mentionsIn))]
  return ids.length === 0 ? Promise.resolve([]) : memberNames(tx, model.tenantId, ids)
}

/** What to call them; who is no member of the workspace has no name here. */
async function namesOf({ tx, model }: Pick<RecordContext, 'tx' | 'model'>, ids: string[]): Promise<string[]> {
  const members = await memberNames(tx, model.tenantId, ids)
  const known = members.map(({ name }) => name)
  return known.length === ids.length ? known : [...known, 'somebody who is no member']
}

/** Who could be mentioned on the record, by what is typed of their name. */
export async function mentionable(
  context: RecordContext,
  object: CompiledObject,
  recordId: string,
  typed: string,
): Promise<{ id: string; name: string }[]> {
  await readRow(context, object, recordId)
  const wanted = bare(typed.trim())
  const readers = await readersOf(context, object, recordId)
  return readers
    .filter(({ userId, name }) => userId !== context.actor.userId && bare(name).includes(wanted))
    .slice(0, mostOffered)
    .map(({ userId, name }) => ({ id: userId, name }))
}

/** Found whatever the case and the accents. */
const bare = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
