import { Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { LogEntry } from '@oneforge/client'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../ui/useShortcuts.ts'
import classes from './audit.module.css'
import { LogRow } from './LogRow.tsx'

const rowHeight = 44
/** On phones a row has three lines. */
const tallRowHeight = 76
/** Older entries are asked for when so few are left below. */
const fetchAhead = 30

interface LogTableProps {
  entries: LogEntry[]
  hasMore: boolean
  isFetchingMore: boolean
  onFetchMore: () => void
  onOpen: (index: number) => void
}

/**
 * The log as a table that scrolls with the page; only the rows in sight exist. j and k go from row to row, Enter opens
 * the one that has the focus.
 */
export function LogTable({ entries, hasMore, isFetchingMore, onFetchMore, onOpen }: LogTableProps) {
  const { t } = useTranslation('audit')
  const table = useRef<HTMLTableElement>(null)
  const isPhone = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false })
  const scrollMargin = useDistanceFromTop(table)
  const virtualizer = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: entries.length,
    getScrollElement: () => document.getElementById('page'),
    estimateSize: () => (isPhone ? tallRowHeight : rowHeight),
    overscan: 12,
    scrollMargin,
    // The heading stays on top, and what has the focus stands below it.
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, isPhone])
  useRowKeys(table, entries.length, virtualizer)

  const items = virtualizer.getVirtualItems()
  const lastInSight = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && !isFetchingMore && lastInSight >= entries.length - fetchAhead) onFetchMore()
  }, [hasMore, isFetchingMore, lastInSight, entries.length, onFetchMore])

  const above = (items[0]?.start ?? scrollMargin) - scrollMargin
  const below = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin)
  return (
    <>
      <table
        ref={table}
        className={classes.table}
        aria-label={t('table')}
        aria-rowcount={hasMore ? -1 : entries.length}
      >
        <thead>
          <tr>
            {(['at', 'actor', 'what', 'object', 'outcome', 'ip', 'duration'] as const).map((column) => (
              <th key={column} scope="col" data-column={column}>
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={above} />
          {items.map(({ index }) => {
            const entry = entries[index]
            return entry && <LogRow key={entry.id} entry={entry} index={index} onOpen={onOpen} />
          })}
          <Gap height={below} />
        </tbody>
      </table>
      <Text size="xs" c="dimmed" ta="center" py="md" role="status">
        {hasMore ? t('loadingMore') : t('end')}
      </Text>
    </>
  )
}

/** Stands for the rows that are not in sight. */
function Gap({ height }: { height: number }) {
  return <tr aria-hidden className={classes.gap} style={{ height }} />
}

/** How far below the beginning of the page an element stands. */
function useDistanceFromTop(element: RefObject<HTMLElement | null>): number {
  const [distance, setDistance] = useState(0)
  useLayoutEffect(() => {
    const page = document.getElementById('page')
    if (!page || !element.current) return
    const [inner, outer] = [element.current.getBoundingClientRect(), page.getBoundingClientRect()]
    setDistance(Math.round(inner.top - outer.top + page.scrollTop))
  })
  return distance
}

/** The row with the focus is the one that keys move from; it may have to be drawn before it can take the focus. */
function useRowKeys(
  table: RefObject<HTMLElement | null>,
  count: number,
  virtualizer: Virtualizer<HTMLElement, HTMLTableRowElement>,
): void {
  // Keys may come faster than rows are drawn.
  const goingTo = useRef<number>(undefined)
  const buttonOf = (index: number) => table.current?.querySelector<HTMLElement>(`[data-index="${index}"] button`)
  const active = () => {
    if (goingTo.current !== undefined) return goingTo.current
    const row = document.activeElement?.closest<HTMLElement>('[data-index]')
    return row && table.current?.contains(row) ? Number(row.dataset.index) : -1
  }
  const goTo = (index: number) => {
    if (count === 0) return
    const next = Math.min(Math.max(index, 0), count - 1)
    goingTo.current = next
    virtualizer.scrollToIndex(next)
    requestAnimationFrame(() => {
      buttonOf(next)?.focus({ preventScroll: true })
      if (goingTo.current === next) goingTo.current = undefined
    })
  }
  useShortcuts({ j: () => goTo(active() + 1), k: () => goTo(active() - 1) })
}
