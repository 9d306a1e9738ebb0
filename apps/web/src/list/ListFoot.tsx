import type { ObjectMeta } from '@oneforge/client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShownLocation } from '../api/shownLocation.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber } from '../fields/format.ts'
import { useLocationById } from '../locations/locations.ts'
import classes from './ListPage.module.css'

interface ListFootProps {
  object: ObjectMeta
  count: number | null | undefined
  /** Totals beside the count. */
  children: ReactNode
}

/** How many records the list has in all, whatever of it has been loaded; null when that could not be counted. */
export function ListFoot({ object, count, children }: ListFootProps) {
  const { t } = useTranslation('list')
  const { locale } = useFormatContext()
  const location = useLocationById(useShownLocation())
  if (count === null) return <div className={classes.foot} />
  const noun = count === 1 ? object.label : object.labelPlural
  return (
    <div className={classes.foot}>
      <span role="status">
        {count === undefined ? t('counting') : t('count', { formatted: formatNumber(count, locale), noun })}
        {location && ` · ${location.name}`}
      </span>
      {children}
    </div>
  )
}
