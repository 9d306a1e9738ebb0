import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocations } from '../locations/locations.ts'
import type { ImportDraft } from './importDraft.ts'

const nowhere = 'none'

/** Which location the records belong to that the import makes. */
export function LocationChoice({ draft, onDraft }: { draft: ImportDraft; onDraft: (draft: ImportDraft) => void }) {
  const { t } = useTranslation('imports')
  const { data: locations = [] } = useLocations()
  const usable = locations.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Select
      label={t('location.label')}
      allowDeselect={false}
      value={draft.locationId ?? nowhere}
      data={[...usable, { value: nowhere, label: t('location.none') }]}
      onChange={(id) => onDraft({ ...draft, locationId: id === nowhere ? null : id })}
    />
  )
}
