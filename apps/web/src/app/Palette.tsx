import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { useSeen } from '../firstday/firstDay.ts'
import { useReturnFocus } from '../ui/useReturnFocus.ts'
import classes from './Palette.module.css'
import { PaletteFindings } from './PaletteFindings.tsx'
import { PaletteHelp } from './PaletteHelp.tsx'
import { paletteStore } from './paletteStore.ts'
import { takeTyped } from './typedAhead.ts'
import { type PaletteAction, usePaletteActions } from './usePaletteActions.tsx'

/** Ctrl/Cmd+K: records of the whole workspace, pages and actions, found while one types. */
export function Palette() {
  const { t } = useTranslation('app')
  const [query, setQuery] = useState('')
  const { pages, actions } = usePaletteActions()
  const { objects } = useWorkspace()
  const typed = query.trim()
  useSeen('search', typed !== '')
  const wanted = bare(typed)
  const matching = (list: PaletteAction[]) => list.filter(({ label }) => bare(label).includes(wanted))
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={440}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ action: classes.line, actionDescription: classes.smallPrint }}
      attributes={{ content: { 'aria-label': t('search.open') } }}
    >
      <FocusReturn />
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        leftSection={<IconSearch size={18} />}
        onFocus={() => setQuery(takeTyped() || query)}
      />
      {objects[0] && <p className={classes.hint}>{t('search.hint', { object: objects[0].slug })}</p>}
      <Spotlight.ActionsList>
        <PaletteFindings query={typed} />
        <Actions label={t('search.pages')} actions={matching(pages)} />
        <Actions label={t('search.actions')} actions={matching(actions)} />
        <PaletteHelp query={typed} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** What had the focus may be gone with the page that the palette was opened on. */
function FocusReturn() {
  useReturnFocus()
  return null
}

/** Pages and actions are found whatever the case and the accents, as records are. */
const bare = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

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
