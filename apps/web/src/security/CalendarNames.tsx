import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './security.module.css'

const key = ['calendar feed']

/** Whether calendars that people subscribe to name protected records and the people in them. */
export function CalendarNames() {
  const { t } = useTranslation('security')
  const cache = useQueryClient()
  const { data: feed } = useQuery({ queryKey: key, queryFn: client.account.calendarFeed })
  const allow = useMutation({
    mutationFn: client.account.allowNamesInCalendars,
    onSuccess: ({ names }) => {
      cache.setQueryData(key, { ...feed, names })
      showToast({ message: t(names ? 'calendars.on' : 'calendars.off') })
    },
    onError: showError,
  })
  if (!feed) return null
  return (
    <section className={classes.domain} aria-labelledby="calendar-names">
      <h3 id="calendar-names" className={classes.heading}>
        {t('calendars.title')}
      </h3>
      <Switch
        mt="xs"
        label={t('calendars.names')}
        description={t('calendars.help')}
        checked={feed.names}
        disabled={allow.isPending}
        onChange={(event) => allow.mutate(event.currentTarget.checked)}
      />
    </section>
  )
}
