import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import type { SearchHit } from '@oneforge/client'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSearch } from '../api/search.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './Palette.module.css'
import { closePalette, paletteStore, selectFirstLine } from './paletteStore.ts'
import { type PaletteAction, usePaletteActions } from './usePaletteActions.tsx'

/** Ctrl/Cmd+K: records of the whole workspace, pages and actions, found while one types. */
export function Palette() {
  const { t } = useTranslation('app')
  const [query, setQuery] = useState('')
  const { pages, actions } = usePaletteActions()
  const wanted = query.trim().toLocaleLowerCase()
  const matching = (list: PaletteAction[]) => list.filter(({ label }) => label.toLocaleLowerCase().includes(wanted))
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      scrollable
      maxHeight={440}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ action: classes.line, actionDescription: classes.smallPrint }}
      attributes={{ content: { 'aria-label': t('search.open') } }}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        <FoundRecords query={wanted} />
        <Actions label={t('search.pages')} actions={matching(pages)} />
        <Actions label={t('search.actions')} actions={matching(actions)} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Actions({ label, actions }: { label: string; actions: PaletteAction[] }) {
  if (!actions.length) return null
  return (
    <Spotlight.ActionsGroup label={label}>
      {actions.map((action) => (
        <Spotlight.Action key={action.id} label={action.label} leftSection={action.icon} onClick={action.run} />
      ))}
    </Spotlight.ActionsGroup>
  )
}

const none: SearchHit[] = []

function FoundRecords({ query }: { query: string }) {
  const { t } = useTranslation('app')
  const { objects } = useWorkspace()
  const navigate = useNavigate()
  const [debounced] = useDebouncedValue(query, 150)
  const { data: hits = none, isFetching } = useSearch(debounced)
  // Enter opens the first record found, which came after the key that asked for it.
  useEffect(() => {
    if (hits.length) selectFirstLine()
  }, [hits])
  if (query.length < 2) return null
  if (!hits.length) {
    return isFetching || debounced !== query ? null : (
      <Spotlight.Empty>{t('search.nothing', { query })}</Spotlight.Empty>
    )
  }
  const objectOf = (slug: string) => objects.find((object) => object.slug === slug)
  return (
    <Spotlight.ActionsGroup label={t('search.records')}>
      {hits.map((hit) => (
        <Spotlight.Action
          key={hit.id}
          label={hit.title}
          description={[hit.recordNumber, hit.subtitle].filter(Boolean).join(' · ')}
          leftSection={<ObjectIcon name={objectOf(hit.object)?.icon ?? 'box'} />}
          onClick={() => {
            closePalette()
            navigate(paths.record(hit.object, hit.id))
          }}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}
