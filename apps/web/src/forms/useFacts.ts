import type { ObjectMeta, RecordData, RecordLink } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useWorkspace } from '../api/workspace.ts'
import { asList } from '../fields/format.ts'
import { namesAsked } from './formRules.ts'
import type { Values } from './initialValues.ts'
import type { Asker, Facts } from './matches.ts'

/** Who looks at the form, for conditions that ask for it. */
export function useAsker(): Asker {
  const { user, timeZone, currency } = useWorkspace()
  return { me: user.id, now: new Date(), timeZone, currency }
}

/**
 * Values as conditions see them, with the records that they look over to: those are asked for as they are chosen, and
 * count once they are here. `kinds` tell apart the values there are at once: as they are, as they were.
 */
export function useFacts<Kind extends string>(object: ObjectMeta, kinds: Record<Kind, Values>): Record<Kind, Facts> {
  const over = new Set(namesAsked(object).flatMap((name) => (name.includes('.') ? (name.split('.')[0] ?? []) : [])))
  const links = new Map<string, RecordLink>()
  for (const values of Object.values<Values>(kinds)) {
    for (const key of over) for (const link of asList(values[key]) as RecordLink[]) links.set(link.id, link)
  }
  const asked = [...links.values()]
  const slugs = [...new Set(asked.map((link) => link.object))]
  const records = useQueries({
    queries: asked.map(({ object: slug, id }) => ({
      queryKey: keys.record(slug, id),
      queryFn: () => client.records.get(slug, id),
      staleTime: 30_000,
    })),
  })
  const objects = useQueries({
    queries: slugs.map((slug) => ({ queryKey: keys.object(slug), queryFn: () => client.objects.get(slug) })),
  })
  const recordOf = (id: string): RecordData | undefined => records[asked.findIndex((link) => link.id === id)]?.data
  const objectOf = (slug: string): ObjectMeta | undefined => objects[slugs.indexOf(slug)]?.data

  const factsOf = (meta: ObjectMeta, values: Values): Facts => ({
    values,
    field: (key) => meta.fields.find((field) => field.key === key),
    follow: (key) =>
      (asList(values[key]) as RecordLink[]).flatMap((link) => {
        const record = recordOf(link.id)
        const other = objectOf(link.object)
        return record && other ? [factsOf(other, record)] : []
      }),
  })
  const entries = Object.entries<Values>(kinds).map(([kind, values]) => [kind, factsOf(object, values)])
  return Object.fromEntries(entries) as Record<Kind, Facts>
}
