import { Alert, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import type { Usage } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate, formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { formatBytes } from './amounts.ts'
import { Meter } from './Meter.tsx'
import { RequestChart } from './RequestChart.tsx'
import classes from './usage.module.css'
import { useUsage } from './usage.ts'

/** What the plan allows, and how much of it is used. */
export function UsagePage() {
  const { t } = useTranslation('usage')
  const { data: usage, error } = useUsage()
  if (error && !usage) return <PageError error={error} />
  return (
    <Stack gap="xl" maw={880}>
      <title>{`${t('title')} · OneForge`}</title>
      <div>
        <h2 className={classes.heading}>{t('title')}</h2>
        <Text size="sm" c="dimmed">
          {t('explanation')}
        </Text>
      </div>
      {usage ? <Parts usage={usage} /> : <Skeleton height={480} />}
    </Stack>
  )
}

function Parts({ usage }: { usage: Usage }) {
  return (
    <>
      {usage.warnings.map(({ kind, level, message }) => (
        <Alert key={kind} color={level === 'now' ? 'red' : 'yellow'} variant="light">
          {message}
        </Alert>
      ))}
      <Plan plan={usage.plan} />
      <Meters usage={usage} />
      <Requests requests={usage.requests} />
      <Records records={usage.records} />
    </>
  )
}

function Plan({ plan: { name, trial } }: Pick<Usage, 'plan'>) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const named = (plan: string) => t(`plan.names.${plan}`, { defaultValue: plan })
  return (
    <div>
      <Text size="xs" c="dimmed">
        {t('plan.label')}
      </Text>
      <span className={classes.amount}>{named(name)}</span>
      {trial && (
        <Text size="sm" c="dimmed">
          {t(trial.ended ? 'plan.trialEnded' : 'plan.trial', {
            plan: named(trial.plan),
            date: formatDate(trial.endsAt, locale),
          })}
        </Text>
      )}
    </div>
  )
}

function Meters({ usage: { requests, records, storage, members } }: { usage: Usage }) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const number = (amount: number) => formatNumber(amount, locale)
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
      <Meter label={t('meter.records')} used={records.used} limit={records.limit} format={number} />
      <Meter
        label={t('meter.members')}
        used={members.used}
        limit={members.limit}
        format={number}
        note={t('meter.people', members)}
      />
      <Meter
        label={t('meter.storage')}
        used={storage.usedBytes}
        limit={storage.limitBytes}
        format={(bytes) => formatBytes(bytes, locale)}
        note={t('meter.files')}
      />
      <Meter
        label={t('meter.minute')}
        used={requests.thisMinute}
        limit={requests.perMinute}
        format={number}
        note={t('meter.resets', { count: requests.resetsInSeconds })}
      />
    </SimpleGrid>
  )
}

function Requests({ requests }: Pick<Usage, 'requests'>) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const month = requests.days.reduce((sum, day) => sum + day.requests, 0)
  const numbers = [
    [t('requests.today'), requests.today],
    [t('requests.month'), month],
    [t('requests.refused'), requests.refusedToday],
  ] as const
  return (
    <section aria-labelledby="usage-requests">
      <h3 id="usage-requests" className={classes.subheading}>
        {t('requests.title')}
      </h3>
      <Text size="xs" c="dimmed">
        {t('requests.explanation')}
      </Text>
      <dl className={classes.numbers}>
        {numbers.map(([label, amount]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formatNumber(amount, locale)}</dd>
          </div>
        ))}
      </dl>
      <RequestChart days={requests.days} />
    </section>
  )
}

function Records({ records }: Pick<Usage, 'records'>) {
  const { t } = useTranslation('usage')
  const { locale } = useFormatContext()
  const most = Math.max(1, ...records.byObject.map(({ count }) => count))
  const filled = records.byObject.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
  return (
    <section aria-labelledby="usage-records">
      <h3 id="usage-records" className={classes.subheading}>
        {t('records.title')}
      </h3>
      {filled.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('records.none')}
        </Text>
      )}
      {filled.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('records.object')}</th>
              <th scope="col">{t('records.count')}</th>
              <td className={classes.share} />
            </tr>
          </thead>
          <tbody>
            {filled.map(({ object, label, count }) => (
              <tr key={object}>
                <th scope="row">
                  <Link to={paths.list(object)} className={classes.link}>
                    {label}
                  </Link>
                </th>
                <td>{formatNumber(count, locale)}</td>
                <td className={classes.share} aria-hidden>
                  <span style={{ width: `${(count / most) * 100}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
