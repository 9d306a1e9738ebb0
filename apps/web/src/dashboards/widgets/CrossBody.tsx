import type { WidgetCategory } from '@oneforge/client'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionDot, optionColorStyle } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { exactFigure, numberOf, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import classes from './FiguresTable.module.css'
import { NothingHere } from './NothingHere.tsx'

const keyOf = ({ value, label }: WidgetCategory): string => `${value} ${label}`

/** Two groupings against one another: figures in a table, which a heat map also colours by how great they are. */
export function CrossBody({ widget, answer, data, fields }: BodyProps<'heatmap' | 'pivot'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const isHeat = widget.type === 'heatmap'
  const { rows, columns, cells, measures } = data
  const asked = isHeat ? [widget.measure] : (widget.measures ?? [widget.measure])
  const write = (value: Parameters<typeof exactFigure>[0], measure: number) =>
    exactFigure(value, unitOf(asked[measure], fields), writing)
  const most = Math.max(0, ...cells.flat(2).map((value) => numberOf(value) ?? 0))
  const heat = (value: Parameters<typeof exactFigure>[0]) =>
    (isHeat ? { '--heat': most > 0 ? Math.max(0, numberOf(value) ?? 0) / most : 0 } : {}) as CSSProperties
  const caption = t('tableOf', { title: widget.title })
  if (rows.length === 0 || columns.length === 0) return <NothingHere />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys
    <section className={classes.scroll} tabIndex={0} aria-label={caption}>
      <table
        className={`${classes.table} ${isHeat ? classes.heat : ''}`}
        aria-label={caption}
        style={optionColorStyle(widget.color ?? 'indigo')}
      >
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={keyOf(column)} scope="col" colSpan={measures.length}>
                <span className={classes.name}>
                  {column.color && <OptionDot color={column.color} />}
                  {writing.nameOf(column, data.columnInterval)}
                </span>
              </th>
            ))}
            {!isHeat && (
              <th scope="col" colSpan={measures.length} className={classes.total}>
                {t('total')}
              </th>
            )}
          </tr>
          {measures.length > 1 && (
            <tr>
              <td />
              {[...columns.map(keyOf), 'total'].flatMap((column) =>
                measures.map(({ name, label }) => (
                  <th key={`${column} ${name}`} scope="col">
                    {label}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {rows.map((row, y) => (
            <tr key={keyOf(row)}>
              <th scope="row">
                <RecordsLink drill={into(answer.drill, row.filter)} className={classes.name}>
                  {row.color && <OptionDot color={row.color} />}
                  {writing.nameOf(row, data.rowInterval)}
                </RecordsLink>
              </th>
              {columns.flatMap((column, x) =>
                measures.map(({ name }, measure) => {
                  const value = cells[y]?.[x]?.[measure]
                  return (
                    <td key={`${keyOf(column)} ${name}`}>
                      <span className={isHeat ? classes.cell : undefined} style={heat(value)}>
                        <RecordsLink drill={into(answer.drill, row.filter, column.filter)}>
                          {write(value, measure)}
                        </RecordsLink>
                      </span>
                    </td>
                  )
                }),
              )}
              {!isHeat &&
                measures.map(({ name }, measure) => (
                  <td key={name} className={classes.total}>
                    {write(data.rowTotals[y]?.[measure], measure)}
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
        {!isHeat && (
          <tfoot>
            <tr>
              <th scope="row">{t('total')}</th>
              {columns.flatMap((column, x) =>
                measures.map(({ name }, measure) => (
                  <td key={`${keyOf(column)} ${name}`}>{write(data.columnTotals[x]?.[measure], measure)}</td>
                )),
              )}
              {measures.map(({ name }, measure) => (
                <td key={name}>{write(data.total[measure], measure)}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {data.isTruncated && <p className={classes.note}>{t('truncated')}</p>}
    </section>
  )
}
