import type { Cursor, FieldMeta, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useShownLocation } from '../api/shownLocation.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber, formatValue } from '../fields/format.ts'
import { showError } from '../ui/toast.tsx'
import classes from './PrintedList.module.css'

interface PrintedListProps {
  object: ObjectMeta
  fields: FieldMeta[]
  query: ListQuery
  onDone: () => void
}

/** Rows that go on paper; whoever needs more takes a file. */
const most = 1_000
const atOnce = 200

async function printedRows(slug: string, query: ListQuery, signal: AbortSignal) {
  const rows: RecordData[] = []
  let cursor: string | null = ''
  while (cursor !== null && rows.length < most) {
    const page: Cursor<RecordData> = await client.records.list(slug, { ...query, limit: atOnce }, cursor, { signal })
    rows.push(...page.items)
    cursor = page.nextCursor ?? null
  }
  return { rows, isCut: cursor !== null }
}

/** The list as it goes on paper: all its columns and rows, whatever of them is in sight, and nothing to be pressed. */
export function PrintedList({ object, fields, query, onDone }: PrintedListProps) {
  const { t } = useTranslation('list')
  const format = useFormatContext()
  const location = useShownLocation()
  const { data, error } = useQuery({
    queryKey: [...keys.records(object.slug), 'printed', query, location],
    queryFn: ({ signal }) => printedRows(object.slug, query, signal),
    gcTime: 0,
    staleTime: 0,
  })
  useEffect(() => {
    if (error) showError(error)
    if (!data && !error) return undefined
    // In a moment of its own: the browser stops everything else while its dialog is open.
    const frame = requestAnimationFrame(() => {
      if (data) window.print()
      onDone()
    })
    return () => cancelAnimationFrame(frame)
  }, [data, error, onDone])
  if (!data) return null
  return createPortal(
    <div className={classes.paper}>
      <h1 className={classes.title}>{object.labelPlural}</h1>
      <table className={classes.table}>
        <thead>
          <tr>
            {fields.map(({ key, label }) => (
              <th key={key}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((record) => (
            <tr key={record.id}>
              {fields.map((field) => (
                <td key={field.key}>{formatValue(field, record[field.key], format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {data.isCut && <p>{t('menu.printedFirst', { formatted: formatNumber(most, format.locale) })}</p>}
    </div>,
    document.body,
  )
}
