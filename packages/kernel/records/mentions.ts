/** People named in a text: `<@id>` stands for a member, in rich text with its signs written as entities. */
import type { CompiledObject } from '../metadata/index.ts'

const mention = /(?:<|&lt;)@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:>|&gt;)/g
/** Of a change; a text that names more names nobody in particular. */
const mostTold = 50

/** Ids of those who are named, each once. */
export const mentionsIn = (text: string): string[] => [...new Set([...text.matchAll(mention)].map(([, id]) => id!))]

/** What an event tells of them; nothing where there are none. */
type Mentioned = { mentions: string[]; namedIn: Record<string, string[]> } | Record<string, never>

/**
 * Those whom the long texts among the changes name, and did not name before, with the fields that do.
 *
 * @param changes {key: value} of a new record, {key: [before, after]} of one that is changed.
 */
export function mentionedAnew(object: CompiledObject, changes: Record<string, unknown>): Mentioned {
  const named = object.fields.flatMap(({ key, type }) => {
    if ((type !== 'longtext' && type !== 'richtext') || changes[key] === undefined) return []
    const [before, after] = Array.isArray(changes[key]) ? changes[key] : [null, changes[key]]
    const known = mentionsIn(String(before ?? ''))
    const fresh = mentionsIn(String(after ?? '')).filter((id) => !known.includes(id))
    return fresh.map((id) => ({ id, key }))
  })
  const byPerson = [...Map.groupBy(named, ({ id }) => id)].slice(0, mostTold)
  if (byPerson.length === 0) return {}
  const namedIn = byPerson.map(([id, places]) => [id, places.map(({ key }) => key)] as const)
  return { mentions: byPerson.map(([id]) => id), namedIn: Object.fromEntries(namedIn) }
}
