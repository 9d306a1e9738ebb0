import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useObject } from '../api/objects.ts'
import { Select } from '../ui/Select.tsx'
import { mergeFieldGroups, soleRelations } from './mergeFieldPaths.ts'

/** Puts a merge field where one was writing last. */
export function MergeFieldPicker({ slug, onPick }: { slug: string | null; onPick: (field: string) => void }) {
  const { t } = useTranslation('mail')
  const { data: object } = useObject(slug ?? '', slug !== null)
  const relations = soleRelations(object)
  const answers = useQueries({
    queries: relations.map((relation) => ({
      queryKey: keys.object(relation.object),
      queryFn: () => client.objects.get(relation.object),
      staleTime: 5 * 60_000,
    })),
  })
  const related = new Map(
    relations.flatMap(({ key }, index) => {
      const other = answers[index]?.data
      return other ? [[key, other] as const] : []
    }),
  )
  const words = {
    sender: t('fields.sender'),
    workspace: t('fields.workspace'),
    name: t('fields.name'),
    email: t('fields.email'),
  }
  return (
    <Select
      size="sm"
      aria-label={t('fields.insert')}
      placeholder={t('fields.insert')}
      searchable
      maxDropdownHeight={360}
      value={null}
      data={mergeFieldGroups(object, related, words)}
      onChange={(field) => field && onPick(field)}
    />
  )
}
