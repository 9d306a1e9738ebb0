import { Button, Popover } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { onDemand } from '../../ui/onDemand.tsx'
import classes from '../ListPage.module.css'
import type { FilterMenuProps } from './FilterEditor.tsx'
import { countFilter } from './filterTree.ts'

const FilterDrawer = onDemand(async () => (await import('./FilterDrawer.tsx')).FilterDrawer)
const FilterEditor = onDemand(async () => (await import('./FilterEditor.tsx')).FilterEditor)

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
        {opened && <FilterDrawer onClose={close}>{editor}</FilterDrawer>}
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
