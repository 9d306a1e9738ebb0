import type { ImportResult } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import classes from './ImportWizard.module.css'

const kinds = ['created', 'updated', 'duplicates', 'refused'] as const

/** How many rows became what. */
export function Counts({ result }: { result: Partial<ImportResult> }) {
  const { t } = useTranslation('imports')
  const { locale } = useFormatContext()
  return (
    <dl className={classes.counts}>
      {kinds.map((kind) => (
        <div key={kind} className={classes.count} data-warn={(kind === 'refused' && result.refused) || undefined}>
          <dt>{t(`counts.${kind}`)}</dt>
          <dd>{formatNumber(result[kind] ?? 0, locale)}</dd>
        </div>
      ))}
    </dl>
  )
}
