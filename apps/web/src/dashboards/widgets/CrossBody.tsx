import type { CrossData, Widget, WidgetCategory, WidgetValue } from '@oneforge/client'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionDot, optionColorStyle } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { amountsIn, exactFigure, numberOf, unitOf } from '../figureText.ts'
import { RecordsLink } from '../RecordsLink.tsx'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import classes from './FiguresTable.module.css'
import { NothingHere } from './NothingHere.tsx'

type CrossProps = BodyProps<'heatmap' | 'pivot'>

const keyOf = ({ value, label }: WidgetCategory): string => `${value} ${label}`

/** Two groupings against one another: figures in a table, which a heat map also colours by how great they are. */
export function CrossBody(props: CrossProps) {
  const { t } = useTranslation('dashboards')
  const { widget, answer, data } = props
  const caption = t('tableOf', { title: widget.title })
  const isHeat = widget.type === 'heatmap'
  if (data.rows.length === 0 || data.columns.length === 0) return <NothingHere />
  return (
    <>
      {data.isTruncated && <p className={classes.note}>{t('truncated')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys */}
      <section className={classes.scroll} tabIndex={0} aria-label={caption}>
        <table
          className={isHeat ? `${classes.table} ${classes.heat}` : classes.table}
          aria-label={caption}
          style={optionColorStyle(widget.color ?? 'indigo')}
        >
          <Head answer={answer} data={data} withTotals={!isHeat} />
          {isHeat ? <HeatRows {...props} /> : <PivotRows {...props} />}
        </table>
      </section>
    </>
  )
}

function Head({ answer, data, withTotals }: Pick<CrossProps, 'answer' | 'data'> & { withTotals: boolean }) {
  const { t } = useTranslation('dashboards')
  const { columns, columnInterval, measures } = data
  const ends = withTotals ? ['total'] : []
  return (
    <thead>
      <tr>
        <td />
        {columns.map((column) => (
          <th key={keyOf(column)} scope="col" colSpan={measures.length}>
            <RecordsLink drill={into(answer.drill, column.filter)}>
              <Name of={column} interval={columnInterval} />
            </RecordsLink>
          </th>
        ))}
        {withTotals && (
          <th scope="col" colSpan={measures.length} className={classes.total}>
            {t('total')}
          </th>
        )}
      </tr>
      {measures.length > 1 && (
        <tr>
          <td />
          {[...columns.map(keyOf), ...ends].flatMap((column) =>
            measures.map(({ name, label }) => (
              <th key={`${column} ${name}`} scope="col">
                {label}
              </th>
            )),
          )}
        </tr>
      )}
    </thead>
  )
}

function Name({ of, interval }: { of: WidgetCategory; interval: CrossData['rowInterval'] }) {
  const { nameOf } = useWriting()
  return (
    <span className={classes.name}>
      {of.color && <OptionDot color={of.color} />}
      {nameOf(of, interval)}
    </span>
  )
}

function RowHead({ answer, data, row }: Pick<CrossProps, 'answer' | 'data'> & { row: WidgetCategory }) {
  return (
    <th scope="row">
      <RecordsLink drill={into(answer.drill, row.filter)}>
        <Name of={row} interval={data.rowInterval} />
      </RecordsLink>
    </th>
  )
}

/** The greater the figure, the deeper its ground. */
function HeatRows({ widget, answer, data, fields }: CrossProps) {
  const write = useWritten([widget.measure], fields)
  const most = greatestIn(data.cells.flat(2))
  const shares = (value: WidgetValue | undefined) =>
    heatsOf(value).map(({ amount, currency }) => amount / most.get(currency)!)
  const heat = (value: WidgetValue | undefined) => ({ '--heat': Math.max(0, ...shares(value)) }) as CSSProperties
  return (
    <tbody>
      {data.rows.map((row, y) => (
        <tr key={keyOf(row)}>
          <RowHead answer={answer} data={data} row={row} />
          {data.columns.map((column, x) => (
            <td key={keyOf(column)}>
              <span className={classes.cell} style={heat(data.cells[y]?.[x]?.[0])}>
                <RecordsLink drill={into(answer.drill, row.filter, column.filter)}>
                  {write(data.cells[y]?.[x]?.[0], 0)}
                </RecordsLink>
              </span>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** What makes a cell warm: amounts only beside those of their own currency. */
const heatsOf = (value: WidgetValue | undefined): { amount: number; currency: string }[] => {
  const amounts = typeof value === 'object' && value ? (amountsIn(value) ?? []) : [value]
  return amounts
    .map((one) => ({ amount: numberOf(one) ?? 0, currency: typeof one === 'object' ? (one?.currency ?? '') : '' }))
    .filter(({ amount }) => amount > 0)
}

/** By the currency. */
function greatestIn(values: WidgetValue[]): Map<string, number> {
  const most = new Map<string, number>()
  for (const { amount, currency } of values.flatMap(heatsOf)) {
    most.set(currency, Math.max(amount, most.get(currency) ?? 0))
  }
  return most
}

function PivotRows({ widget, answer, data, fields }: CrossProps) {
  const { t } = useTranslation('dashboards')
  const write = useWritten(widget.measures ?? [widget.measure], fields)
  const { rows, columns, cells, measures } = data
  return (
    <>
      <tbody>
        {rows.map((row, y) => (
          <tr key={keyOf(row)}>
            <RowHead answer={answer} data={data} row={row} />
            {columns.flatMap((column, x) =>
              measures.map(({ name }, measure) => (
                <td key={`${keyOf(column)} ${name}`}>
                  <RecordsLink drill={into(answer.drill, row.filter, column.filter)}>
                    {write(cells[y]?.[x]?.[measure], measure)}
                  </RecordsLink>
                </td>
              )),
            )}
            {measures.map(({ name }, measure) => (
              <td key={name} className={classes.total}>
                <RecordsLink drill={into(answer.drill, row.filter)}>
                  {write(data.rowTotals[y]?.[measure], measure)}
                </RecordsLink>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('total')}</th>
          {columns.flatMap((column, x) =>
            measures.map(({ name }, measure) => (
              <td key={`${keyOf(column)} ${name}`}>
                <RecordsLink drill={into(answer.drill, column.filter)}>
                  {write(data.columnTotals[x]?.[measure], measure)}
                </RecordsLink>
              </td>
            )),
          )}
          {measures.map(({ name }, measure) => (
            <td key={name}>
              <RecordsLink drill={answer.drill}>{write(data.total[measure], measure)}</RecordsLink>
            </td>
          ))}
        </tr>
      </tfoot>
    </>
  )
}

/** Figures of each measure in its own unit. */
function useWritten(measures: (Widget['measure'] | undefined)[], fields: CrossProps['fields']) {
  const writing = useWriting()
  return (value: WidgetValue | undefined, measure: number) =>
    exactFigure(value, unitOf(measures[measure], fields), writing)
}
