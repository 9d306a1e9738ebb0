import type { FieldMeta, ObjectMeta, ObjectSummary, RecordData, View } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useObject, usePinnedViews, useViews } from '../api/objects.ts'
import { useRecords } from '../api/records.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { recordName } from '../fields/recordName.ts'
import { defaultSettings } from '../list/columns/columnSettings.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './HomePage.module.css'

/** Records of each view; the rest is a click away. */
const rowsShown = 5
/** Beside a record's name: as many of the view's columns as a line has room for. */
const columnsShown = 3

/** The views that the person has pinned, of all objects, each with its first records. */
export function PinnedLists({ objects }: { objects: ObjectSummary[] }) {
  const { data = [] } = usePinnedViews()
  return data.map(({ id, key, label, object: slug }) => {
    const object = objects.find((one) => one.slug === slug)
    return object && <PinnedList key={id} object={object} viewKey={key} label={label} />
  })
}

function PinnedList({ object, viewKey, label }: { object: ObjectSummary; viewKey: string; label: string }) {
  const { t } = useTranslation('app')
  const meta = useObject(object.slug)
  const { data: views } = useViews(object.slug)
  const view = views?.find(({ key }) => key === viewKey)
  return (
    <section aria-label={label}>
      <h2 className={classes.heading}>
        <Link to={paths.list(object.slug, { view: viewKey })} className={classes.headingLink}>
          <ObjectIcon name={object.icon} size={16} />
          {label}
          <span className={classes.dimmed}>{t('home.wholeView')}</span>
        </Link>
      </h2>
      {meta.data && view ? <Rows object={meta.data} view={view} /> : <div className={classes.pinnedSpace} aria-busy />}
    </section>
  )
}

function Rows({ object, view }: { object: ObjectMeta; view: View }) {
  const { t } = useTranslation('app')
  const { rows, isPending } = useRecords(object.slug, {
    filter: view.filter ?? undefined,
    sort: view.sort ?? undefined,
    limit: rowsShown,
  })
  const fields = fieldsBeside(object, view)
  if (isPending) return <div className={classes.pinnedSpace} aria-busy />
  if (rows.length === 0) return <p className={classes.dimmed}>{t('home.emptyView')}</p>
  return (
    <ul className={classes.recent}>
      {rows.slice(0, rowsShown).map((record) => (
        <Row key={record.id} object={object} record={record} fields={fields} />
      ))}
    </ul>
  )
}

function Row({ object, record, fields }: { object: ObjectMeta; record: RecordData; fields: FieldMeta[] }) {
  return (
    <li className={classes.pinnedRow}>
      <Link to={paths.record(object.slug, record.id)} className={classes.pinnedTitle}>
        {recordName(object, record)}
      </Link>
      {fields.map((field) => (
        <span key={field.key} className={classes.pinnedValue}>
          <FieldValue field={field} value={record[field.key]} />
        </span>
      ))}
    </li>
  )
}

/** The first columns of the view, but for the name, which leads the line. */
function fieldsBeside(object: ObjectMeta, view: View): FieldMeta[] {
  return defaultSettings(object, view)
    .keys.flatMap((key) => object.fields.find((field) => field.key === key && key !== object.roles.title) ?? [])
    .slice(0, columnsShown)
}
