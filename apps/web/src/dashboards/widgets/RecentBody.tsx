import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { isNumeric } from '../../fields/format.ts'
import { useWays } from '../../list/filters/ways.ts'
import { paths } from '../../paths.ts'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Records.module.css'

/** The first records of a list, with those fields that the widget names. */
export function RecentBody({ widget, data, object, fields }: BodyProps<'recent'>) {
  const { t } = useTranslation('dashboards')
  const names = data.columns.map(({ name }) => name)
  const ways = useWays(object, fields, names)
  if (data.records.length === 0) return <NothingHere />
  // One of the columns leads to the record: that of its name if it is there.
  const leading = Math.max(0, names.indexOf(object?.roles.title ?? ''))
  const caption = t('tableOf', { title: widget.title })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys
    <section className={classes.scroll} tabIndex={0} aria-label={caption}>
      <table className={classes.table} aria-label={caption}>
        <thead>
          <tr>
            {data.columns.map(({ name, label }, index) => (
              <th key={name} scope="col" data-numeric={isNumber(ways[index]?.field) || undefined}>
                {ways[index]?.field?.label ?? label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.records.map((record) => (
            <tr key={record.id}>
              {names.map((name, index) => (
                <td key={name} data-numeric={isNumber(ways[index]?.field) || undefined}>
                  {index === leading ? (
                    <Link to={paths.record(record.object, record.id)} className={classes.title}>
                      {titleIn(record, name, object)}
                    </Link>
                  ) : (
                    <Value field={ways[index]?.field} value={record[name]} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const isNumber = (field: FieldMeta | undefined): boolean => field !== undefined && isNumeric(field)

function Value({ field, value }: { field: FieldMeta | undefined; value: unknown }) {
  if (!field) return typeof value === 'string' || typeof value === 'number' ? value : null
  return <FieldValue field={field} value={value} />
}

function titleIn(record: RecordData, name: string, object: ObjectMeta | undefined): string {
  const own = record[name]
  const isText = typeof own === 'string' && (name === object?.roles.title || name === 'recordNumber')
  return isText && own ? own : record.title
}
