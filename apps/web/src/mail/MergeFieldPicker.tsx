import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
import { Select } from '../ui/Select.tsx'
import { mergeFieldGroups, soleRelations } from './mergeFieldPaths.ts'
import { useRelatedObjects } from './useRelatedObjects.ts'

/** Puts a merge field where one was writing last. */
export function MergeFieldPicker({ slug, onPick }: { slug: string | null; onPick: (field: string) => void }) {
  const { t } = useTranslation('mail')
  const { data: object } = useObject(slug ?? '', slug !== null)
  const related = useRelatedObjects(soleRelations(object))
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
