import { useTranslation } from 'react-i18next'
import { RemoveSamples } from './RemoveSamples.tsx'
import classes from './samples.module.css'
import { useSamples } from './samples.ts'

/** On the home page, while there are sample records: that they are there, and how they go. */
export function SamplesNotice() {
  const { t } = useTranslation('samples')
  const { data } = useSamples()
  if (!data || data.total === 0) return null
  return (
    <aside className={classes.notice}>
      <span>{t('notice')}</span>
      <RemoveSamples />
    </aside>
  )
}
