import { Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './RecordPage.module.css'

/** Below this width the three columns become tabs. */
const wide = '(min-width: 1180px)'

const names = ['details', 'story', 'related'] as const
type Name = (typeof names)[number]

interface RecordBodyProps extends Record<Name, ReactNode> {
  /** Under tabs whatever the window: there is room for one only. */
  narrow?: boolean
  /** What the address asks for: it opens as often as the address is gone to. */
  asked?: { tab: string | null; visit: string }
}

/**
 * Three columns side by side, or one at a time under tabs. Both are the same elements, so that what is being typed outlives
 * a window that gets narrow; the tab that is open then is the one where that was.
 */
export function RecordBody({ narrow, asked, ...panels }: RecordBodyProps) {
  const { t } = useTranslation('record')
  const isWide = useMediaQuery(wide, true, { getInitialValueInEffect: false }) && !narrow
  const [open, setOpen] = useState<Name>('details')
  const [seen, setSeen] = useState<ReadonlySet<Name>>(new Set(isWide ? names : ['details']))
  if (isWide && seen.size < names.length) setSeen(new Set(names))
  const show = (name: Name) => {
    setOpen(name)
    setSeen((known) => new Set([...known, name]))
  }
  const [visit, setVisit] = useState<string>()
  if (asked && asked.visit !== visit) {
    setVisit(asked.visit)
    if (asked.tab === 'story') show('story')
  }
  return (
    <Tabs id="record" value={open} onChange={(name) => show(name as Name)} className={classes.body}>
      {!isWide && (
        <Tabs.List>
          {names.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      )}
      <div className={isWide ? classes.columns : undefined}>
        {names.map((name) => (
          <div
            key={name}
            className={isWide ? classes.column : classes.tab}
            onFocusCapture={() => setOpen(name)}
            {...(!isWide && { role: 'tabpanel', 'aria-labelledby': `record-tab-${name}`, hidden: open !== name })}
          >
            {seen.has(name) && panels[name]}
          </div>
        ))}
      </div>
    </Tabs>
  )
}
