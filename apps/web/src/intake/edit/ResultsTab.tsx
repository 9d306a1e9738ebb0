import { Anchor, Button, Skeleton, Stack, Text } from '@mantine/core'
import type { Form, FormSubmission } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { paths } from '../../paths.ts'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { PageError } from '../../ui/PageError.tsx'
import classes from './edit.module.css'
import { useFormDays, useSubmissions } from './formQueries.ts'

/** What came of a form in the last 30 days, and what came in by it. */
export function ResultsTab({ form }: { form: Form }) {
  const { t } = useTranslation('intake')
  const { data: days, error } = useFormDays(form.id)
  const submissions = useSubmissions(form.id)
  const failed = error ?? submissions.error
  if (failed) return <PageError error={failed} />
  if (!days || !submissions.data) return <Skeleton height={240} />
  const entries = submissions.data.pages.flatMap(({ items }) => items)
  return (
    <Stack gap="lg" maw={720}>
      <Funnel days={days} />
      {entries.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('results.none')}
        </Text>
      ) : (
        <ul className={classes.plain} aria-label={t('results.entries')}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} object={form.object} />
          ))}
        </ul>
      )}
      {submissions.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={submissions.isFetchingNextPage}
          onClick={() => submissions.fetchNextPage()}
        >
          {t('results.more')}
        </Button>
      )}
    </Stack>
  )
}

const counted = ['seen', 'begun', 'sent', 'refused', 'spam'] as const

function Funnel({ days }: { days: Record<(typeof counted)[number], number>[] }) {
  const { t } = useTranslation('intake')
  const { locale } = useFormatContext()
  const sumOf = (name: (typeof counted)[number]) => days.reduce((sum, day) => sum + day[name], 0)
  const seen = sumOf('seen')
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const number = new Intl.NumberFormat(locale)
  return (
    <section aria-label={t('results.month')}>
      <Text size="sm" fw={500} mb={6}>
        {t('results.month')}
      </Text>
      <div className={classes.funnel}>
        {counted.map((name) => (
          <div key={name} className={classes.figure}>
            <Text size="xs" c="dimmed">
              {t(`results.${name}`)}
            </Text>
            <div className={classes.number}>{number.format(sumOf(name))}</div>
            {(name === 'begun' || name === 'sent') && seen > 0 && (
              <Text size="xs" c="dimmed">
                {t('results.share', { share: percent.format(sumOf(name) / seen) })}
              </Text>
            )}
          </div>
        ))}
      </div>
    </section>
  )
}

const colors = { created: 'green', updated: 'blue', spam: 'gray' } as const

function Entry({ entry, object }: { entry: FormSubmission; object: string }) {
  const { t } = useTranslation('intake')
  const { outcome, record, at, by } = entry
  return (
    <li className={classes.line}>
      <div className={classes.grow}>
        {record ? (
          <Anchor component={Link} to={paths.record(object, record.id)} size="sm" fw={500}>
            {record.title}
          </Anchor>
        ) : (
          <Text size="sm" c="dimmed">
            {t(outcome === 'spam' ? 'results.nothingMade' : 'results.recordGone')}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {by ? t('results.by', { name: by }) : t('results.byVisitor')} · <RelativeTime at={at} />
        </Text>
      </div>
      <OptionBadge color={colors[outcome]} label={t(`results.outcome.${outcome}`)} />
    </li>
  )
}
