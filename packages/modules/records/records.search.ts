/** What the search over all objects answers, and what it learns from. */
import { fieldAccess } from '@oneforge/kernel/access'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { displayText } from '@oneforge/kernel/metadata/values'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  excerptOf,
  type FoundRecord,
  type Mark,
  marksIn,
  noteVisit,
  readRow,
  searchEverything,
  searchedFields,
} from '@oneforge/kernel/records'
import { idOf } from './records.requests.ts'

interface Excerpt {
  field: string
  label: string
  text: string
  marks: Mark[]
}

/** The hits, best first; `meta.groups` counts them by object, `meta.meant` says what was searched for instead of typing errors. */
export async function searchAll(context: OperationContext, text: string, limit: number): Promise<object[]> {
  const { records, groups, parts, meant } = await searchEverything(context, text, limit)
  context.response.meta = {
    groups: groups.map(({ object, found, more }) => ({ object: object.slug, found, more })),
    meant,
  }
  return records.map((found) => hitOf(context, found, parts))
}

/** Notes that the caller opened a record that they may read. */
export async function visit(context: OperationContext, object: CompiledObject, given: string): Promise<void> {
  const id = idOf(object, given)
  await readRow(context, object, id)
  await noteVisit(context, id)
}

function hitOf(context: OperationContext, found: FoundRecord, parts: string[]): object {
  const { object, row, rank } = found
  const title = isSeen(context, object, object.roles.title) ? row.title : ''
  const shown = { title, recordNumber: row.record_number, subtitle: subtitle(context, found) }
  const marks = Object.fromEntries(Object.entries(shown).map(([name, text]) => [name, marksIn(text, parts)]))
  const isMarked = Object.values(marks).some((places) => places.length > 0)
  return {
    id: row.id,
    object: object.slug,
    ...shown,
    rank,
    marks,
    excerpt: isMarked ? null : elsewhere(context, found, parts),
  }
}

const isSeen = ({ policy }: OperationContext, object: CompiledObject, key: string | undefined): key is string =>
  key !== undefined && fieldAccess(policy, object, key) !== 'hidden'

/** Where the words stand, if not in what is shown anyway. */
function elsewhere(context: OperationContext, { object, row }: FoundRecord, parts: string[]): Excerpt | null {
  for (const field of searchedFields(object)) {
    const value = row.data[field.key]
    if (value == null || !isSeen(context, object, field.key)) continue
    const excerpt = excerptOf(displayText(field, value, context.locale, context.model.timeZone), parts)
    if (excerpt) return { field: field.key, label: inLocale(field.label, context.locale), ...excerpt }
  }
  return null
}

/** What tells two people of one name apart: the object's name, e-mail and phone, as far as the caller may see them. */
function subtitle(context: OperationContext, { object, row }: FoundRecord): string {
  const parts = [
    inLocale(object.label, context.locale),
    isSeen(context, object, object.roles.email) ? row.email : null,
    isSeen(context, object, object.roles.phone) ? row.phone : null,
  ]
  return parts.filter(Boolean).join(' · ')
}
