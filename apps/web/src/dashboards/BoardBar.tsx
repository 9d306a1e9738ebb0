import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { DashboardFigures, ObjectMeta } from '@oneforge/client'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatTime } from '../fields/format.ts'
import { formatDays, wallOf } from '../list/calendar/zone.ts'
import { onDemand } from '../ui/onDemand.tsx'
import classes from './Board.module.css'
import type { BoardView } from './boardAddress.ts'
import { RangeSelect } from './RangeSelect.tsx'

const BoardFilters = onDemand(async () => (await import('./BoardFilters.tsx')).BoardFilters)

interface BoardBarProps {
  view: BoardView
  onChange: (changes: Partial<BoardView>) => void
  objects: ObjectMeta[]
  figures: DashboardFigures | undefined
}

/** Which days and records the whole board looks at. */
export function BoardBar({ view, onChange, objects, figures }: BoardBarProps) {
  const { t } = useTranslation('dashboards')
  const { locale } = useFormatContext()
  return (
    <div className={classes.bar}>
      <RangeSelect
        label={t('range.label')}
        without={t('range.without')}
        range={view.range}
        onChange={(range) => onChange({ range })}
      />
      <FilterButton view={view} onChange={onChange} objects={objects} />
      {figures?.range && (
        <span className={classes.days}>{formatDays(figures.range.from, figures.range.to, locale)}</span>
      )}
      {figures && <AsOf at={figures.at} />}
    </div>
  )
}

function FilterButton({ view, onChange, objects }: Omit<BoardBarProps, 'figures'>) {
  const { t } = useTranslation('list')
  const [opened, { toggle, close }] = useDisclosure()
  const count = view.filters.length
  return (
    <Popover opened={opened} onChange={(next) => !next && close()} position="bottom-start" width={640} trapFocus>
      <Popover.Target>
        <Button
          variant={count ? 'light' : 'subtle'}
          color={count ? undefined : 'gray'}
          leftSection={<IconFilter size={16} aria-hidden />}
          onClick={toggle}
        >
          {count ? t('filter.active', { count }) : t('filter.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.title')} maw="calc(100vw - 24px)">
        {opened && (
          <BoardFilters
            filters={view.filters}
            objects={objects}
            onChange={(filters) => onChange({ filters })}
            onClose={close}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** When the figures were counted: on a wall one sees that they are alive. */
export function AsOf({ at }: { at: string }) {
  const { t } = useTranslation('dashboards')
  const { locale, timeZone } = useFormatContext()
  const minute = wallOf(Date.parse(at), timeZone).minute
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return <span className={classes.at}>{t('asOf', { time: formatTime(clock, locale) })}</span>
}
