import { useTranslation } from 'react-i18next'
import { OptionDot } from '../../fields/OptionBadge.tsx'
import { into } from '../drill.ts'
import { exactFigure, unitOf } from '../figureText.ts'
import { useWriting } from '../useWriting.ts'
import type { BodyProps } from './bodyProps.ts'
import { FiguresTable } from './FiguresTable.tsx'
import { NothingHere } from './NothingHere.tsx'

/** A line for each group with several measures beside one another. */
export function TableBody({ widget, answer, data, fields }: BodyProps<'table'>) {
  const { t } = useTranslation('dashboards')
  const writing = useWriting()
  const measures = widget.measures ?? []
  const write = (value: Parameters<typeof exactFigure>[0], index: number) =>
    exactFigure(value, unitOf(measures[index], fields), writing)
  const grouped = fields.find(({ key }) => key === widget.groupBy?.field)
  if (data.rows.length === 0) return <NothingHere />
  return (
    <FiguresTable
      caption={t('tableOf', { title: widget.title })}
      first={grouped?.label ?? t('group')}
      columns={data.columns.map(({ name, label }) => ({ key: name, name: label }))}
      rows={data.rows.map(({ category, values }) => {
        const drill = into(answer.drill, category.filter)
        return {
          key: `${category.value} ${category.label}`,
          name: (
            <>
              {category.color && <OptionDot color={category.color} />}
              {writing.nameOf(category, data.interval)}
            </>
          ),
          drill,
          cells: values.map((value, index) => ({ text: write(value, index), drill })),
        }
      })}
      total={{ name: t('total'), drill: answer.drill, cells: data.total.map(write) }}
      note={data.isTruncated ? t('truncated') : undefined}
    />
  )
}
