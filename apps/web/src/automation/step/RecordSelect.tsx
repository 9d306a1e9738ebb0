import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useObjectSearch } from '../../api/search.ts'
import { Select } from '../../ui/Select.tsx'

interface RecordSelectProps {
  label: string
  object: string
  value: string | undefined
  onChange: (id: string | null) => void
  size?: 'xs' | 'sm'
}

/** One record of the object, found as one types; the newest are offered first. */
export function RecordSelect({ label, object, value, onChange, size = 'sm' }: RecordSelectProps) {
  const { t } = useTranslation('automation')
  const [search, setSearch] = useState('')
  const [text] = useDebouncedValue(search, 200)
  const chosen = useChosen(object, value)
  const { data: found = [], isPlaceholderData } = useObjectSearch(object, text === chosen?.label ? '' : text)
  const choices = found.map(({ id, title }) => ({ value: id, label: title }))
  const isListed = !chosen || choices.some((choice) => choice.value === chosen.value)
  return (
    <Select
      size={size}
      label={label}
      searchable
      searching={text !== search || isPlaceholderData}
      placeholder={t('chooseRecord')}
      data={isListed ? choices : [chosen, ...choices]}
      value={value ?? null}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      onChange={onChange}
    />
  )
}

function useChosen(object: string, id: string | undefined): { value: string; label: string } | undefined {
  const { data } = useQuery({
    queryKey: keys.record(object, id ?? ''),
    queryFn: ({ signal }) => client.records.get(object, id ?? '', [], { signal }),
    enabled: id !== undefined,
  })
  return id && data ? { value: id, label: data.title ?? data.recordNumber } : undefined
}
