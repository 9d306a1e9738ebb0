import { useDebouncedValue } from '@mantine/hooks'
import type { ListQuery } from '@oneforge/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { useObjectSearch } from '../../api/search.ts'
import { MultiSelect } from '../../ui/Select.tsx'
import classes from './FilterBuilder.module.css'
import type { ValueProps } from './valueProps.ts'

/** Records of the other object. The filter holds their ids; their titles are fetched, as an address brings ids only. */
export function RelationValue({ field, value, onChange }: ValueProps) {
  const { t } = useTranslation('list')
  const slug = field.relation?.object ?? ''
  const [search, setSearch] = useState('')
  const [debounced] = useDebouncedValue(search, 200)
  const chosen = Array.isArray(value) ? value.map(String) : []
  const { data: found = [], isPlaceholderData } = useObjectSearch(slug, debounced, slug !== '')
  const { data: known = [] } = useTitles(slug, chosen)
  const titles = new Map([...found, ...known].map(({ id, title }) => [id, title]))
  return (
    <MultiSelect
      className={classes.value}
      size="xs"
      aria-label={t('filter.value')}
      placeholder={chosen.length ? undefined : t('filter.searchRecords')}
      data={[...titles].map(([id, title]) => ({ value: id, label: title }))}
      value={chosen}
      onChange={onChange}
      searchable
      searching={debounced !== search || isPlaceholderData}
      searchValue={search}
      onSearchChange={setSearch}
      // The server has searched already, by more than the title.
      filter={({ options }) => options}
      nothingFoundMessage={t('filter.nothingFound')}
      comboboxProps={{ withinPortal: false }}
    />
  )
}

function useTitles(slug: string, ids: string[]) {
  return useQuery({
    queryKey: [...keys.records(slug), 'titles', ids],
    queryFn: async () => {
      const query: ListQuery = { filter: { field: 'id', op: 'in', value: ids }, limit: 200 }
      return (await client.records.list(slug, query, '', { everywhere: true })).items
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
  })
}
