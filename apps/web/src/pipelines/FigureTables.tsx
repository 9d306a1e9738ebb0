import { Anchor, NativeSelect } from '@mantine/core'
import type { Money, ObjectMeta, Pipeline, PipelineFigures } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatMoney, formatNumber, formatPercent } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import classes from './Figures.module.css'
import { formatSpan } from './pipelines.ts'

type Sum = PipelineFigures['lost'][number]['sum']

/** How figures are written in the reader's language; a dash for what there is not. */
function useWriting() {
  const { t } = useTranslation('pipelines')
  const format = useFormatContext()
  return {
    number: (value: number) => formatNumber(value, format.locale),
    share: (value: number | null) => (value === null ? '–' : formatPercent(Math.round(value * 100), format.locale)),
    span: (seconds: number | null) => (seconds === null ? '–' : formatSpan(seconds, format.locale)),
    money: (sum: Sum) => {
      if (sum === null) return '–'
      return sum.amount === null ? t('figures.mixed') : formatMoney(sum as Money, null, format)
    },
  }
}

interface TableProps {
  pipeline: Pipeline
  figures: PipelineFigures
}

/** Every figure of every stage; what is open now leads to its records. */
export function StageTable({ object, pipeline, figures }: TableProps & { object: ObjectMeta }) {
  const { t } = useTranslation('pipelines')
  const write = useWriting()
  const listOf = (value: string) =>
    paths.list(object.slug, { filter: JSON.stringify({ field: pipeline.field, op: 'eq', value }) })
  return (
    <section aria-labelledby="stages">
      <h2 id="stages" className={classes.heading}>
        {t('table.title')}
      </h2>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('table.stage')}</th>
              {(['entered', 'movedOn', 'won', 'median', 'average', 'open', 'sum', 'weighted'] as const).map((name) => (
                <th key={name} scope="col" title={t(`table.${name}Help`)}>
                  {t(`table.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pipeline.stages.map((stage) => {
              const row = figures.stages.find((one) => one.stage === stage.value)
              if (!row) return null
              return (
                <tr key={stage.value}>
                  <th scope="row">
                    <OptionBadge label={stage.label} color={stage.color} />
                  </th>
                  <td>{write.number(row.entered)}</td>
                  <td>{stage.kind === 'open' ? write.share(row.toNext) : '–'}</td>
                  <td>{stage.kind === 'open' ? write.share(row.toWon) : '–'}</td>
                  <td>{write.span(row.medianSeconds)}</td>
                  <td>{write.span(row.averageSeconds)}</td>
                  <td>
                    <Anchor component={Link} to={listOf(stage.value)} inherit>
                      {write.number(row.open.count)}
                    </Anchor>
                  </td>
                  <td>{write.money(row.open.sum)}</td>
                  <td>{write.money(row.open.weighted)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Why records were lost in the period, the most frequent first. */
export function LostReasons({ pipeline, figures }: TableProps) {
  const { t } = useTranslation('pipelines')
  const write = useWriting()
  if (figures.lost.length === 0) return null
  const labelOf = (value: string, reason: string | null) => {
    const stage = pipeline.stages.find((one) => one.value === value)
    const known = stage?.reasons?.options.find((one) => one.value === reason)
    return known?.label ?? reason ?? t('lost.unsaid', { stage: stage?.label ?? value })
  }
  return (
    <section aria-labelledby="lost">
      <h2 id="lost" className={classes.heading}>
        {t('lost.title')}
      </h2>
      <table className={classes.table} data-narrow>
        <thead>
          <tr>
            <th scope="col">{t('lost.reason')}</th>
            <th scope="col">{t('lost.count')}</th>
            <th scope="col">{t('table.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.lost.map(({ stage, reason, count, sum }) => (
            <tr key={`${stage} ${reason}`}>
              <th scope="row">{labelOf(stage, reason)}</th>
              <td>{write.number(count)}</td>
              <td>{write.money(sum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface GroupTableProps extends TableProps {
  groupBy: 'owner' | 'month'
  onGroupBy: (groupBy: 'owner' | 'month') => void
}

/** Who, or which month, brought how many into each stage. */
export function GroupTable({ pipeline, figures, groupBy, onGroupBy }: GroupTableProps) {
  const { t } = useTranslation('pipelines')
  const { locale } = useFormatContext()
  const write = useWriting()
  const nameOf = (label: string | null) => {
    if (label === null) return t('groups.nobody')
    // While the other grouping is on its way, the one before is still shown.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(label)) return label
    const month = new Date(`${label}T00:00:00Z`)
    return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(month)
  }
  return (
    <section aria-labelledby="groups">
      <div className={classes.headingLine}>
        <h2 id="groups" className={classes.heading}>
          {t('groups.title')}
        </h2>
        <NativeSelect
          size="xs"
          aria-label={t('groups.by')}
          value={groupBy}
          onChange={({ currentTarget }) => onGroupBy(currentTarget.value as 'owner' | 'month')}
          data={(['owner', 'month'] as const).map((value) => ({ value, label: t(`groups.${value}`) }))}
        />
      </div>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t(`groups.${groupBy}`)}</th>
              {pipeline.stages.map(({ value, label }) => (
                <th key={value} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.groups.map(({ key, label, stages }) => (
              <tr key={key ?? ''}>
                <th scope="row">{nameOf(label)}</th>
                {pipeline.stages.map(({ value }) => (
                  <td key={value}>{write.number(stages.find((one) => one.stage === value)?.entered ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {figures.groups.length === 0 && <p className={classes.none}>{t('groups.none')}</p>}
      </div>
    </section>
  )
}
