import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCount } from '../../api/records.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useShortcuts } from '../../ui/useShortcuts.ts'
import classes from './Calendar.module.css'
import { type Span, titleOf } from './spans.ts'
import type { Diary } from './useDiary.ts'
import type { Entries } from './useEntries.ts'

interface DiaryBarProps {
  diary: Diary
  beyond: Entries['beyond']
  children?: ReactNode
}

/** Where one is in time, and the way elsewhere: t today, n and p on and back, d, w, m and a for the spans. */
export function DiaryBar({ diary, beyond, children }: DiaryBarProps) {
  const { t } = useTranslation('calendar')
  const { timeZone } = useFormatContext()
  const { spans, span, day, days, locale, zone } = diary
  const goTo = (wanted: Span) => () => spans.includes(wanted) && diary.show({ span: wanted })
  const today = () => diary.show({ day: diary.now.day })
  useShortcuts({
    t: today,
    n: () => diary.step(1),
    p: () => diary.step(-1),
    d: goTo('day'),
    w: goTo('week'),
    m: goTo('month'),
    a: goTo('agenda'),
  })
  return (
    <div className={classes.diaryBar}>
      <Button variant="default" onClick={today}>
        {t('today')}
      </Button>
      <IconButton label={t('earlier')} onClick={() => diary.step(-1)}>
        <IconChevronLeft size={18} />
      </IconButton>
      <IconButton label={t('later')} onClick={() => diary.step(1)}>
        <IconChevronRight size={18} />
      </IconButton>
      <h2 className={classes.period} aria-live="polite">
        {titleOf(span, day, days, locale)}
      </h2>
      {zone !== timeZone && <span className={classes.aside}>{t('zone', { zone: zone.replaceAll('_', ' ') })}</span>}
      {beyond && <Beyond object={diary.object} {...beyond} />}
      <span className={classes.spring} />
      {children}
      <SpanSwitch diary={diary} />
    </div>
  )
}

function SpanSwitch({ diary: { spans, span, isPhone, show } }: { diary: Diary }) {
  const { t } = useTranslation('calendar')
  const data = spans.map((value) => ({ value, label: t(`span.${value}`) }))
  const onChange = (value: string) => show({ span: value as Span })
  if (!isPhone)
    return <SegmentedControl size="xs" aria-label={t('spans')} data={data} value={span} onChange={onChange} />
  return (
    <NativeSelect
      size="xs"
      aria-label={t('spans')}
      data={data}
      value={span}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

/** Says honestly how much is missing. */
export function Beyond({ object, query, loaded }: Pick<Diary, 'object'> & NonNullable<Entries['beyond']>) {
  const { t } = useTranslation('calendar')
  const { data: total } = useCount(object.slug, { filter: query.filter, search: query.search })
  if (total === undefined || total <= loaded) return null
  return (
    <span className={classes.aside} role="status">
      {t('beyond', { count: total - loaded })}
    </span>
  )
}
