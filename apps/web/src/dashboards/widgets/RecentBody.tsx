import type { FieldMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FieldValue } from '../../fields/FieldValue.tsx'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatValue, isNumeric } from '../../fields/format.ts'
import { useWays } from '../../list/filters/ways.ts'
import { paths } from '../../paths.ts'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Records.module.css'

/** The first records of a list, with those fields that the widget names. */
export function RecentBody({ widget, data, object, fields }: BodyProps<'recent'>) {
  const { t } = useTranslation('dashboards')
  const format = useFormatContext()
  const names = data.columns.map(({ name }) => name)
  const ways = useWays(object, fields, names)
  if (data.records.length === 0) return <NothingHere />
  // One of the columns leads to the record: that of its name if it is there.
  const titleName = object?.roles.title
  const leading = Math.max(0, names.indexOf(titleName ?? ''))
  const textOf = (field: FieldMeta | undefined, value: unknown) => (field ? formatValue(field, value, format) : '')
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
                    <Link to={paths.record(record.object, record.id)} className={classes.title} title={record.title}>
                      {(name !== titleName && textOf(ways[index]?.field, record[name])) || record.title}
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
