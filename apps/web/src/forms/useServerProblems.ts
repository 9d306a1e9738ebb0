import { useDebouncedValue } from '@mantine/hooks'
import type { ObjectMeta } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { problemWords } from '../api/problemWords.ts'
import { requestValues } from '../fields/requestValue.ts'
import type { Values } from './initialValues.ts'

/** Each question weighs on the workspace's quota: asked when somebody has stopped typing. */
const pauseMs = 600

/**
 * What the server alone can say of a new record while it is being filled in, by field: formulas of rules, and values that
 * another record has. Forms of objects without either ask nothing.
 *
 * @param values those that would travel on saving.
 * @param about the fields that were filled in: nobody is told of what they have not come to.
 */
export function useServerProblems(
  object: ObjectMeta,
  values: Values,
  about: ReadonlySet<string>,
): Record<string, string> {
  const question = { data: requestValues(object.fields, values), about: [...about].sort() }
  const [asked] = useDebouncedValue(JSON.stringify(question), pauseMs)
  const isAsked = about.size > 0 && asksServer(object)
  const { data } = useQuery({
    queryKey: ['validate', object.slug, asked],
    queryFn: ({ signal }) => {
      const { data: draft, about: names } = JSON.parse(asked) as typeof question
      return client.records.validate(object.slug, draft, names, { signal })
    },
    enabled: isAsked && asked !== JSON.stringify({ data: {}, about: [] }),
    placeholderData: keepPreviousData,
    // The answer does not outlive the form.
    gcTime: 0,
    retry: false,
  })
  if (!isAsked || !data) return {}
  return Object.fromEntries(data.problems.map((problem) => [problem.field, problemWords(problem)]))
}

/** Whether there is something that the page cannot know. */
export const asksServer = ({
  fields,
  rules,
  uniqueKeys,
}: Pick<ObjectMeta, 'fields' | 'rules' | 'uniqueKeys'>): boolean =>
  uniqueKeys.length > 0 ||
  fields.some(({ unique }) => unique) ||
  rules.some(({ active, check }) => active && typeof check === 'string')
