import { Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './RecordPage.module.css'

/** Below this width the three columns become tabs. */
const wide = '(min-width: 1180px)'

const names = ['details', 'story', 'related'] as const
type Name = (typeof names)[number]

/**
 * Three columns side by side, or one at a time under tabs. Both are the same elements, so that what is being typed outlives
 * a window that gets narrow; the tab that is open then is the one where that was.
 *
 * @param narrow under tabs whatever the window: there is room for one only.
 */
export function RecordBody({ narrow, ...panels }: Record<Name, ReactNode> & { narrow?: boolean }) {
  const { t } = useTranslation('record')
  const isWide = useMediaQuery(wide, true, { getInitialValueInEffect: false }) && !narrow
  const [open, setOpen] = useState<Name>('details')
  const [seen, setSeen] = useState<ReadonlySet<Name>>(new Set(isWide ? names : ['details']))
  if (isWide && seen.size < names.length) setSeen(new Set(names))
  const show = (name: Name) => {
    setOpen(name)
    setSeen((known) => new Set([...known, name]))
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
