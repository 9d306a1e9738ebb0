import { Alert, Button } from '@mantine/core'
import type { FieldMeta, ListQuery } from '@oneforge/client'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RecordTable } from '../table/RecordTable.tsx'
import type { Heading, RecordTableProps } from '../table/tableProps.ts'
import { cellId } from '../table/useGridState.ts'
import { type Total, totalsOf } from '../totals/totals.ts'
import { useSums } from '../totals/useSums.ts'
import classes from './GroupedTable.module.css'
import { GroupHeading } from './GroupHeading.tsx'
import { GroupLoader } from './GroupLoader.tsx'
import { groupingOf } from './groups.ts'
import { type Group, groupsOf, type Line, type Loaded, linesOf } from './lines.ts'

type GroupedTableProps = Pick<
  RecordTableProps,
  'object' | 'columns' | 'list' | 'controls' | 'selection' | 'cells' | 'onOpen'
> & {
  /** One, or one within the other. */
  groupFields: FieldMeta[]
  query: ListQuery
}

/** As many as the server counts. */
const mostGroups = 1_000

/**
 * A table in groups that fold: their counts and totals come from one request for each level, and records only of the
 * groups that are open. Its rows are worked like those of any table.
 */
export function GroupedTable({ groupFields, query, ...props }: GroupedTableProps) {
  const { object, list, controls } = props
  const { t } = useTranslation('list')
  const { settings } = list.look
  const totals = useMemo(() => totalsOf(settings, controls.fields), [settings, controls.fields])
  const { groups, isPending, isError, isCut } = useGroups({ ...props, groupFields, query, totals })
  const { isOpen, toggle } = useFolds()
  const [loaded, setLoaded] = useState<ReadonlyMap<string, Loaded>>(new Map())
  const { rows, others, open } = useMemo(() => linesOf(groups, isOpen, loaded), [groups, isOpen, loaded])
  const headings = useMemo(() => {
    const drawn = ([row, line]: [number, Line]): [number, Heading] => [row, headingOf(row, line)]
    return new Map([...others].map(drawn))

    function headingOf(row: number, line: Line): Heading {
      if ('waiting' in line) return { id: `waiting ${line.waiting}`, level: 3, draw: () => t('group.loading') }
      if ('more' in line)
        return {
          id: `more ${line.id}`,
          level: 3,
          draw: (isActive) => <More {...{ row, isActive }} loaded={line.more} />,
        }
      const { group, isOpen } = line
      const draw = (isActive: boolean) => (
        <GroupHeading {...{ row, group, isOpen, isActive, totals, settings }} onToggle={() => toggle(group)} />
      )
      return { id: group.id, level: group.level, isOpen, draw }
    }
  }, [others, totals, settings, toggle, t])

  const onLoaded = useCallback(
    (id: string, known: Loaded | undefined) =>
      setLoaded((before) => {
        const next = new Map(before)
        if (known) next.set(id, known)
        else next.delete(id)
        return next
      }),
    [],
  )

  function onToggle(row: number, wanted?: boolean): void {
    const line = others.get(row)
    if (line && 'group' in line && line.isOpen !== wanted) toggle(line.group)
  }

  return (
    <>
      {isError && <p className={classes.note}>{t('group.failed')}</p>}
      {isCut && (
        <Alert className={classes.cut} variant="light" p="xs">
          {t('group.cut', { most: mostGroups })}
        </Alert>
      )}
      {open.map((group) => (
        <GroupLoader key={group.id} object={object} query={query} group={group} onLoaded={onLoaded} />
      ))}
      <RecordTable
        {...props}
        rows={rows}
        headings={headings}
        recordLevel={groupFields.length + 1}
        isPending={isPending}
        hasMore={false}
        isFetchingMore={false}
        total={undefined}
        onFetchMore={nothingMore}
        onToggle={onToggle}
      />
    </>
  )
}

/** Each group has its own button for that. */
const nothingMore = () => {}

function useGroups({
  object,
  list,
  groupFields,
  query,
  totals,
}: Pick<GroupedTableProps, 'object' | 'list' | 'groupFields' | 'query'> & { totals: Total[] }) {
  const { settings } = list.look
  const asked = { filter: query.filter, search: query.search, totals }
  const outer = useSums(object, { ...asked, groupBy: groupingOf(groupFields.slice(0, 1), settings) })
  const inner = useSums(object, { ...asked, groupBy: groupingOf(groupFields, settings) }, groupFields.length > 1)
  const groups = useMemo(
    () => groupsOf(groupFields, outer.data ?? [], inner.data ?? [], settings),
    [groupFields, outer.data, inner.data, settings],
  )
  const isCut = [outer, inner].some(({ data = [] }) => data.length >= mostGroups)
  return { groups, isPending: outer.isPending, isError: outer.isError, isCut }
}

/** Which groups are open: as they start, but for those that somebody has opened or folded. */
function useFolds() {
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const isOpen = useCallback((group: Group) => group.startsOpen !== turned.has(group.id), [turned])
  const toggle = useCallback(
    ({ id }: Group) =>
      setTurned((before) => (before.has(id) ? before.difference(new Set([id])) : new Set([...before, id]))),
    [],
  )
  return { isOpen, toggle }
}

function More({ row, isActive, loaded }: { row: number; isActive: boolean; loaded: Loaded }) {
  const { t } = useTranslation('list')
  return (
    <Button
      id={cellId({ row, column: -1 })}
      variant="subtle"
      size="compact-xs"
      data-stop
      tabIndex={isActive ? 0 : -1}
      loading={loaded.isFetchingMore}
      onClick={loaded.fetchMore}
    >
      {t('board.more')}
    </Button>
  )
}
