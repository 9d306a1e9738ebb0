import { useDebouncedValue } from '@mantine/hooks'
import type { RecordData, RelationMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObjectSearch } from '../api/search.ts'
import { ObjectChooser } from '../fields/editors/ObjectChooser.tsx'
import { Select } from '../ui/Select.tsx'

interface LinkPickerProps {
  relation: RelationMeta
  /** Records that are linked already and need not be offered. */
  linked: RecordData[]
  onChoose: (other: RecordData) => void
  onCancel: () => void
}

/** Searches the other object and links what is chosen. */
export function LinkPicker({ relation, linked, onChoose, onCancel }: LinkPickerProps) {
  const { t } = useTranslation('record')
  const [slug, setSlug] = useState(relation.objects[0] ?? relation.object)
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, 200)
  const { data: found = [], isFetching, isPlaceholderData } = useObjectSearch(slug, query)
  const taken = new Set(linked.map(({ id }) => id))
  return (
    <div>
      <ObjectChooser objects={relation.objects} value={slug} onChange={setSlug} />
      <Select
        aria-label={t('related.search', { relation: relation.label })}
        placeholder={t('related.search', { relation: relation.label })}
        size="xs"
        mb={4}
        autoFocus
        searchable
        searching={query !== text || isPlaceholderData}
        defaultDropdownOpened
        data={found
          .filter(({ id }) => !taken.has(id))
          .map(({ id, title, recordNumber }) => ({ value: id, label: `${title} · ${recordNumber}` }))}
        filter={({ options }) => options}
        searchValue={text}
        onSearchChange={setText}
        nothingFoundMessage={isFetching ? t('related.searching') : t('related.nothingFound')}
        onChange={(id) => {
          const chosen = found.find((record) => record.id === id)
          if (chosen) onChoose(chosen)
        }}
        // With a choice of objects beside it, leaving the input is no sign of having changed one's mind.
        onBlur={relation.objects.length > 1 ? undefined : onCancel}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onCancel()
        }}
      />
    </div>
  )
}
