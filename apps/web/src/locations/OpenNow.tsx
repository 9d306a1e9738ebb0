import { useInterval } from '@mantine/hooks'
import type { Location } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatTime } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { openState } from './hours.ts'

const minute = 60_000

/** Whether a location is open at this moment, by its own clock; nothing where nobody has said when it is. */
export function OpenNow({ location }: { location: Location }) {
  const { t } = useTranslation('locationsettings')
  const { locale } = useFormatContext()
  const [now, setNow] = useState(() => new Date())
  useInterval(() => setNow(new Date()), minute, { autoInvoke: true })
  if (!location.active) return <OptionBadge label={t('state.inactive')} color="gray" />
  if (!location.holidays.length && !Object.keys(location.hours).length) return null
  const state = openState(location, now)
  if (state.open) {
    return <OptionBadge label={t('state.open', { time: formatTime(state.until, locale) })} color="green" />
  }
  if (state.next) {
    return <OptionBadge label={t('state.opens', { time: formatTime(state.next, locale) })} color="yellow" />
  }
  return (
    <OptionBadge label={state.holiday ? t('state.holiday', { name: state.holiday }) : t('state.closed')} color="gray" />
  )
}
