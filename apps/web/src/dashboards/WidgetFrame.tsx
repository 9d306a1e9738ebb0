import { Menu, Skeleton, Tooltip } from '@mantine/core'
import type { DaySpan, ObjectMeta, Widget, WidgetFigures } from '@oneforge/client'
import { IconCalendarOff, IconChartBar, IconDots, IconFilterOff, IconList, IconTable } from '@tabler/icons-react'
import { memo, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDays } from '../list/calendar/zone.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { useDrill } from './drill.ts'
import classes from './Widget.module.css'
import { WidgetBody } from './WidgetBody.tsx'

interface WidgetFrameProps {
  widget: Widget
  /** Undefined while it is on its way. */
  answer: WidgetFigures | undefined
  object: ObjectMeta | undefined
  /** Of the whole board: told at a widget only where it looks at other days. */
  range: DaySpan | null
  /** While the board is edited: what there is to do with the widget. */
  tools?: ReactNode
}

/** A widget with its name, and what can be done with it. Its place is there before its figures are. */
export const WidgetFrame = memo(function WidgetFrame({ widget, answer, object, range, tools }: WidgetFrameProps) {
  const [asTable, setAsTable] = useState(false)
  const heading = useId()
  const { type } = widget
  const hasDrawing = type === 'chart'
  return (
    <section className={classes.widget} aria-labelledby={heading} data-type={type} aria-busy={!answer || undefined}>
      <header className={classes.head}>
        {widget.icon && <ObjectIcon name={widget.icon} size={15} />}
        <h2 id={heading} className={classes.title} title={widget.title}>
          {widget.title}
        </h2>
        {answer && !tools && <OwnDays answer={answer} range={range} />}
        {answer?.unfiltered && <Mark icon={IconFilterOff} name="unfiltered" />}
        {tools ?? (
          <WidgetMenu
            title={widget.title}
            drill={answer?.drill ?? null}
            asTable={asTable}
            onTable={hasDrawing && answer?.data ? () => setAsTable(!asTable) : undefined}
          />
        )}
      </header>
      <div className={classes.body} inert={tools !== undefined}>
        {answer ? (
          <WidgetBody widget={widget} answer={answer} object={object} asTable={asTable} />
        ) : (
          <Skeleton className={classes.skeleton} />
        )}
      </div>
    </section>
  )
})

/** The days that it looks at, where they are others than those of the board. */
function OwnDays({ answer: { period, object }, range }: { answer: WidgetFigures; range: DaySpan | null }) {
  const { locale } = useFormatContext()
  if (period?.from === range?.from && period?.to === range?.to) return null
  if (period) return <span className={classes.days}>{formatDays(period.from, period.to, locale)}</span>
  return object && <Mark icon={IconCalendarOff} name="anyDays" />
}

/** That what was chosen for the whole board says nothing about this widget. */
function Mark({ icon: Icon, name }: { icon: typeof IconFilterOff; name: 'unfiltered' | 'anyDays' }) {
  const { t } = useTranslation('dashboards')
  return (
    <Tooltip label={t(name)} multiline maw={260}>
      <Icon size={14} className={classes.mark} role="img" aria-label={t(name)} />
    </Tooltip>
  )
}

interface WidgetMenuProps {
  title: string
  drill: WidgetFigures['drill']
  asTable: boolean
  onTable: (() => void) | undefined
}

function WidgetMenu({ title, drill, asTable, onTable }: WidgetMenuProps) {
  const { t } = useTranslation('dashboards')
  const drillTo = useDrill()
  if (!drill && !onTable) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('widgetMenu', { title })} size="sm" className={classes.menu}>
          <IconDots size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {drill && (
          <Menu.Item leftSection={<IconList size={16} />} onClick={() => drillTo(drill, false)}>
            {t('showRecords')}
          </Menu.Item>
        )}
        {onTable && (
          <Menu.Item leftSection={asTable ? <IconChartBar size={16} /> : <IconTable size={16} />} onClick={onTable}>
            {t(asTable ? 'showDrawing' : 'showTable')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
