import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { RecordData, RelationMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObjectSearch } from '../api/search.ts'

interface LinkPickerProps {
  relation: RelationMeta
  /** Records that are linked already and need not be offered. */
  linked: RecordData[]
  onChoose: (otherId: string) => void
  onCancel: () => void
}

/** Searches the other object and links what is chosen. */
export function LinkPicker({ relation, linked, onChoose, onCancel }: LinkPickerProps) {
  const { t } = useTranslation('record')
  const [text, setText] = useState('')
  const [query] = useDebouncedValue(text, 200)
  const { data: found = [], isFetching } = useObjectSearch(relation.object, query)
  const taken = new Set(linked.map(({ id }) => id))
  return (
    <Select
      aria-label={t('related.search', { relation: relation.label })}
      placeholder={t('related.search', { relation: relation.label })}
      size="xs"
      mb={4}
      autoFocus
      searchable
      defaultDropdownOpened
      data={found
        .filter(({ id }) => !taken.has(id))
        .map(({ id, title, recordNumber }) => ({ value: id, label: `${title} · ${recordNumber}` }))}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={isFetching ? t('related.searching') : t('related.nothingFound')}
      onChange={(id) => id && onChoose(id)}
      onBlur={onCancel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    />
  )
}
