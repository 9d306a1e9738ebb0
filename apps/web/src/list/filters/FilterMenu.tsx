import { Button, Drawer, Group, Popover } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import type { FieldMeta, Filter } from '@oneforge/client'
import { IconFilter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../ListPage.module.css'
import { FilterBuilder } from './FilterBuilder.tsx'
import { countFilter, type Group as FilterGroup, newGroup, startingGroup, toFilter } from './filterTree.ts'
import { relationsOf, type Ways } from './ways.ts'

interface FilterMenuProps {
  fields: FieldMeta[]
  ways?: Ways
  filter: Filter | null
  onChange: (filter: Filter | null) => void
}

/** The filter button and its builder; the list follows while one builds. */
export function FilterMenu({ fields, ways, filter, onChange }: FilterMenuProps) {
  const { t } = useTranslation('list')
  const isPhone = useMediaQuery('(max-width: 760px)')
  const [opened, { open, close }] = useDisclosure()
  const count = countFilter(filter)
  const name = count ? t('filter.active', { count }) : t('filter.title')
  const button = (
    <Button
      variant={count ? 'light' : 'subtle'}
      color={count ? undefined : 'gray'}
      onClick={opened ? close : open}
      aria-expanded={opened}
      aria-label={name}
    >
      <IconFilter size={16} aria-hidden />
      <span className={classes.buttonLabel}>{name}</span>
    </Button>
  )
  const editor = opened && (
    <FilterEditor fields={fields} ways={ways} filter={filter} onChange={onChange} onClose={close} />
  )
  if (isPhone) {
    return (
      <>
        {button}
        <Drawer opened={opened} onClose={close} position="bottom" size="85%" title={t('filter.title')}>
          {editor}
        </Drawer>
      </>
    )
  }
  return (
    <Popover opened={opened} onChange={(next) => !next && close()} position="bottom-start" width={820} trapFocus>
      <Popover.Target>{button}</Popover.Target>
      <Popover.Dropdown aria-label={t('filter.title')}>{editor}</Popover.Dropdown>
    </Popover>
  )
}

type FilterEditorProps = Omit<FilterMenuProps, 'ways'> & { ways: Ways | undefined; onClose: () => void }

/** Keeps unfinished conditions to itself; what is finished goes to the list. */
function FilterEditor({ fields, ways, filter, onChange, onClose }: FilterEditorProps) {
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
