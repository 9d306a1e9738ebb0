import type { Pipeline, PipelineFigures } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber, formatPercent } from '../fields/format.ts'
import { optionColorStyle } from '../fields/OptionBadge.tsx'
import classes from './Figures.module.css'

/** A bar for each stage on the way, as long as records came into it, with the share that went on. */
export function Funnel({ pipeline, figures }: { pipeline: Pipeline; figures: PipelineFigures }) {
  const { t } = useTranslation('pipelines')
  const { locale } = useFormatContext()
  const most = Math.max(1, ...figures.stages.map(({ entered }) => entered))
  const way = pipeline.stages.filter(({ kind }) => kind !== 'lost')
  return (
    <section aria-labelledby="funnel">
      <h2 id="funnel" className={classes.heading}>
        {t('funnel.title')}
      </h2>
      <ol className={classes.funnel}>
        {way.map((stage) => {
          const row = figures.stages.find((one) => one.stage === stage.value)
          const entered = row?.entered ?? 0
          return (
            <li key={stage.value} className={classes.step}>
              <span className={classes.stageName}>{stage.label}</span>
              <span className={classes.track}>
                <span
                  className={classes.filled}
                  style={{ ...optionColorStyle(stage.color), width: `${(entered / most) * 100}%` }}
                />
                <span className={classes.value}>{formatNumber(entered, locale)}</span>
              </span>
              <span className={classes.share}>
                {stage.kind === 'open' && row?.toNext != null
                  ? t('funnel.movedOn', { share: formatPercent(Math.round(row.toNext * 100), locale) })
                  : ''}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
