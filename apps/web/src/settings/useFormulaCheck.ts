import type { FieldType, FormulaDraft } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

interface Asked {
  expression: string
  resultType?: FieldType | '' | undefined
  currency?: string | undefined
  recordId?: string | undefined
  /** The field that is being changed. */
  key?: string | undefined
}

/** What the server says of a formula while it is typed; the last answer stays until the next is here. */
export function useFormulaCheck(slug: string, asked: Asked) {
  const draft = Object.fromEntries(Object.entries(asked).filter(([, value]) => value)) as Partial<FormulaDraft>
  const body: FormulaDraft = { ...draft, expression: asked.expression }
  return useQuery({
    queryKey: [...keys.object(slug), 'formula', body],
    queryFn: ({ signal }) => client.objects.checkFormula(slug, body, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
    retry: false,
  })
}
