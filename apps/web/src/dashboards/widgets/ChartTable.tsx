import { useTranslation } from 'react-i18next'
import { OptionDot } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { areOfSeveralCurrencies, exactFigure, unitOf, valuesIn } from '../figureText.ts'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import { FiguresTable } from './FiguresTable.tsx'

/** The same figures as in the drawing. */
export function ChartTable({ widget, answer, data, fields }: BodyProps<'chart'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const unit = unitOf(widget.measure, fields)
  const { series, categories, others, previous } = data
  const grouped = fields.find(({ key }) => key === widget.groupBy?.field)
  const columns = [
    ...series.map((one) => ({
      key: String(one.value),
      name: widget.thenBy ? writing.nameOf(one, null) : one.label || t('figure'),
    })),
    ...(previous ? [{ key: 'previous', name: t(`compare.${widget.compare ?? 'previous'}`) }] : []),
  ]
  const rows = categories.map((category, index) => ({
    key: `${category.value} ${category.label}`,
    name: (
      <>
        {category.color && <OptionDot color={category.color} />}
        {writing.nameOf(category, data.interval)}
      </>
    ),
    drill: into(answer.drill, category.filter),
    cells: [
      ...series.map((one) => ({
        text: exactFigure(one.values[index], unit, writing),
        drill: into(answer.drill, category.filter, ...(series.length > 1 ? [one.filter] : [])),
      })),
      ...(previous ? [{ text: exactFigure(previous[index], unit, writing), drill: null }] : []),
    ],
  }))
  const rest = others && {
    key: 'others',
    name: t('others', { count: others.count }),
    drill: null,
    cells: others.values.map((value) => ({ text: exactFigure(value, unit, writing), drill: null })),
  }
  const notes = [
    ...(data.isTruncated ? [t('truncated')] : []),
    ...(areOfSeveralCurrencies(valuesIn(data)) ? [t('mixedText')] : []),
  ]
  return (
    <FiguresTable
      caption={t('tableOf', { title: widget.title })}
      first={grouped?.label ?? t('group')}
      columns={columns}
      rows={rest ? [...rows, rest] : rows}
      note={notes.join(' ') || undefined}
    />
  )
}
