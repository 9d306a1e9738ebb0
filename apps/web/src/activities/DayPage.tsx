import { Button, Kbd, Skeleton, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { ActivityLine } from './ActivityLine.tsx'
import classes from './activities.module.css'
import { BookingLines } from './BookingLines.tsx'
import { type DayLine, lateFirst, linesOf } from './day.ts'
import { QuickTask } from './QuickTask.tsx'
import { useBookings } from './useBookings.ts'
import { useDay, useDoneToday } from './useDay.ts'

/** What is waiting for a person: overdue, today with its meetings, what comes, and what they have done today. */
export default function DayPage() {
  const { t } = useTranslation('activities')
  const day = useDay()
  const bookings = useBookings()
  const { task, meeting } = day
  const done = useDoneToday(task)
  const area = useRef<HTMLDivElement>(null)
  useLines(area)
  if (day.isMissing && !bookings.areThere)
    return <EmptyPage icon="checklist" title={t('day.none')} text={t('day.noneText')} />
  const parts = [day.overdue, day.today, day.upcoming, day.undated, done, day.meetings, bookings.entries]
  return (
    <>
      <PageHeader title={t('day.title')}>
        {task && (
          <Button variant="default" component={Link} to={paths.list(task.slug)}>
            {t('day.all')}
          </Button>
        )}
      </PageHeader>
      <div className={classes.day} ref={area}>
        {task && <QuickTask object={task} />}
        {day.isPending && <DaySkeleton />}
        {!day.isPending && parts.every((part) => part.length === 0) && (
          <EmptyPage icon="checklist" title={t('day.empty')} text={t('day.emptyText')} />
        )}
        <Part name="overdue" lines={linesOf(task, day.overdue)} />
        <Part name="today" lines={lateFirst([...linesOf(meeting, day.meetings), ...linesOf(task, day.today)])} />
        {bookings.areThere && (
          <section className={classes.section} aria-label={t('bookings.title')}>
            <h2 className={classes.heading}>{t('bookings.title')}</h2>
            <BookingLines bookings={bookings} />
          </section>
        )}
        <Part name="upcoming" lines={linesOf(task, day.upcoming)} withDate />
        <Part name="undated" lines={linesOf(task, day.undated)} />
        <Part name="done" lines={linesOf(task, done)} />
        {!day.isPending && (
          <Text size="xs" c="dimmed" mt="xl" visibleFrom="sm">
            <Kbd size="xs">?</Kbd> {t('day.keys')}
          </Text>
        )}
      </div>
    </>
  )
}

interface PartProps {
  name: 'overdue' | 'today' | 'upcoming' | 'undated' | 'done'
  lines: DayLine[]
  withDate?: boolean
}

function Part({ name, lines, withDate = name === 'overdue' }: PartProps) {
  const { t } = useTranslation('activities')
  const { locale } = useFormatContext()
  if (lines.length === 0) return null
  return (
    <section className={classes.section} aria-label={t(`day.${name}`)}>
      <h2 className={classes.heading}>
        {t(`day.${name}`)}
        <span className={classes.count}>{formatNumber(lines.length, locale)}</span>
      </h2>
      <ul className={classes.lines}>
        {lines.map((line) => (
          <li key={line.record.id}>
            <ActivityLine {...line} withDate={withDate} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** `j` and `k` go from line to line; what ticks and opens is the line's own. */
function useLines(area: React.RefObject<HTMLDivElement | null>): void {
  const go = (step: number) => () => {
    const lines = [...(area.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])]
    const at = lines.findIndex((line) => line.contains(document.activeElement))
    const next = at < 0 ? lines[0] : lines[Math.min(lines.length - 1, Math.max(0, at + step))]
    next?.querySelector<HTMLElement>('input:not(:disabled), a')?.focus()
  }
  const open = () => document.activeElement?.closest('[data-line]')?.querySelector('a')?.click()
  useShortcuts({
    j: go(1),
    k: go(-1),
    ArrowDown: go(1),
    ArrowUp: go(-1),
    Enter: open,
    o: open,
    x: () => document.activeElement?.closest('[data-line]')?.querySelector('input')?.click(),
    n: () => area.current?.querySelector<HTMLElement>('input')?.focus(),
  })
}

function DaySkeleton() {
  return (
    <Stack gap="xs" mt="lg" aria-busy>
      {[70, 55, 80, 60].map((width) => (
        <Skeleton key={width} height={28} width={`${width}%`} />
      ))}
    </Stack>
  )
}
