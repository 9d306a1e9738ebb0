import { Button, Group } from '@mantine/core'
import type { FieldMeta, Filter } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterBuilder } from './FilterBuilder.tsx'
import { type Group as FilterGroup, newGroup, startingGroup, toFilter } from './filterTree.ts'
import { relationsOf, type Ways } from './ways.ts'

export interface FilterMenuProps {
  fields: FieldMeta[]
  ways?: Ways
  filter: Filter | null
  onChange: (filter: Filter | null) => void
}

type FilterEditorProps = Omit<FilterMenuProps, 'ways'> & { ways: Ways | undefined; onClose: () => void }

/** Keeps unfinished conditions to itself; what is finished goes to the list. */
export function FilterEditor({ fields, ways, filter, onChange, onClose }: FilterEditorProps) {
  const { t } = useTranslation('list')
  const [group, setGroup] = useState(() => startingGroup(filter, fields, relationsOf(ways)))

  function change(next: FilterGroup): void {
    setGroup(next)
    const before = JSON.stringify(toFilter(group))
    const after = toFilter(next)
    if (JSON.stringify(after) !== before) onChange(after)
  }

  return (
    <>
      <FilterBuilder fields={fields} ways={ways} group={group} onChange={change} />
      <Group justify="space-between" mt="sm">
        <Button variant="subtle" color="gray" disabled={!group.items.length} onClick={() => change(newGroup())}>
          {t('filter.clear')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('filter.done')}
        </Button>
      </Group>
    </>
  )
}
