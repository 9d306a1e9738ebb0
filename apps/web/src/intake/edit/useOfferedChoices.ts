import type { FieldQuestion, Form, FormDefinition, FormOffer, ObjectMeta } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { client } from '../../api/client.ts'
import { questionsOf } from './questions.ts'

/** What can be chosen, by question. */
export type Choices = Map<string, { id: string; title: string }[]>

const usuallyOffered = 50

/** What a public form offers as it stands, as far as its maker sees it; undefined of one for colleagues, who search. */
export function useOfferedChoices(
  form: FormDefinition,
  object: ObjectMeta,
  audience: Form['audience'],
): Choices | undefined {
  const offering = questionsOf(form).flatMap((question) => offerOf(question as FieldQuestion, object) ?? [])
  const lists = useQueries({
    queries: offering.map(({ target, filter, most }) => ({
      queryKey: ['offered by a form', target, filter, most],
      queryFn: () => listOffered(target, filter, most),
    })),
    combine: (results) => results.map(({ data = [] }) => data),
  })
  const ids = offering.map(({ id }) => id).join()
  return useMemo(
    () => (audience === 'internal' ? undefined : new Map(ids.split(',').map((id, at) => [id, lists[at] ?? []]))),
    [audience, lists, ids],
  )
}

async function listOffered(target: string, filter: FormOffer['filter'], limit: number) {
  const { items } = await client.records.list(target, { filter, limit })
  return items.map(({ id, title }) => ({ id, title }))
}

function offerOf({ id, kind, field: key, offer }: FieldQuestion, object: ObjectMeta) {
  const field = kind === 'field' ? object.fields.find((one) => one.key === key) : undefined
  if (!field?.relation || !offer?.titlesPublic) return undefined
  return { id, target: field.relation.object, filter: offer.filter, most: offer.most ?? usuallyOffered }
}
