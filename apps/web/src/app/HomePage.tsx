import { Button } from '@mantine/core'
import type { ObjectSummary, RecordData } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { HomeDay } from '../activities/HomeDay.tsx'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useShownLocation } from '../api/shownLocation.ts'
import { useLoadSamples, useMayAdmin, useMayImport, useWorkspace } from '../api/workspace.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatNumber, formatRelative } from '../fields/format.ts'
import { useIsNewHere } from '../firstday/firstDay.ts'
import { loadWords } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { SamplesNotice } from '../samples/SamplesNotice.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './HomePage.module.css'
import { firstNameOf, isEmptyWorkspace, partOfDay } from './landing.ts'
import { PinnedLists } from './PinnedLists.tsx'

/** Records changed last are looked for in this many objects, the first of the sidebar. */
const objectsLookedAt = 5
const recentShown = 8

const FirstDayCard = lazy(
  async () => (await Promise.all([import('../firstday/FirstDayCard.tsx'), loadWords('help')]))[0],
)

/** The landing: what is kept here, and what has been worked on last. */
export default function HomePage() {
  const { t } = useTranslation('app')
  const workspace = useWorkspace()
  const isNewHere = useIsNewHere()
  const objects = workspace.objects.toSorted((a, b) => a.order - b.order)
  const isEmpty = isEmptyWorkspace(workspace)
  return (
    <div className={classes.home}>
      <title>{`${t('nav.home')} · OneForge`}</title>
      <h1 className={classes.greeting}>{t(`home.${partOfDay()}`, { name: firstNameOf(workspace) })}</h1>
      {isEmpty && <FirstSteps />}
      {isNewHere && (
        <Suspense fallback={<div className={classes.firstDay} aria-busy="true" />}>
          <FirstDayCard />
        </Suspense>
      )}
      <HomeDay />
      <PinnedLists objects={objects} />
      <h2 className={classes.heading}>{t('home.objects')}</h2>
      <div className={classes.cards}>
        {objects.map((object) => (
          <ObjectCard key={object.slug} object={object} />
        ))}
      </div>
      {!isEmpty && <RecentRecords objects={objects.slice(0, objectsLookedAt)} />}
      <SamplesNotice />
    </div>
  )
}

function FirstSteps() {
  const { t } = useTranslation('app')
  const loadSamples = useLoadSamples()
  const mayImport = useMayImport()
  const mayLoad = useMayAdmin('templates')
  if (!mayImport && !mayLoad) return null
  return (
    <section className={classes.firstSteps}>
      <p>{t('home.firstSteps')}</p>
      {mayImport && (
        <Button component={Link} to={paths.import()}>
          {t('home.import')}
        </Button>
      )}
      {mayLoad && (
        <Button
          variant="default"
          loading={loadSamples.isPending}
          onClick={() => loadSamples.mutate(undefined, { onError: showError })}
        >
          {t('home.samples')}
        </Button>
      )}
    </section>
  )
}

function ObjectCard({ object }: { object: ObjectSummary }) {
  const { t } = useTranslation('app')
  const { locale } = useFormatContext()
  const count = object.recordCount
  return (
    <Link to={paths.list(object.slug)} className={classes.card}>
      <span className={classes.cardIcon}>
        <ObjectIcon name={object.icon} size={20} />
      </span>
      <span className={classes.cardName}>{object.labelPlural}</span>
      {count !== null && (
        <span className={classes.cardCount}>
          {t('home.records', { count, formatted: formatNumber(count, locale) })}
        </span>
      )}
    </Link>
  )
}

function RecentRecords({ objects }: { objects: ObjectSummary[] }) {
  const { t } = useTranslation('app')
  const records = useRecentRecords(objects.filter(({ recordCount }) => recordCount !== 0))
  if (!records.length) return null
  return (
    <>
      <h2 className={classes.heading}>{t('home.recent')}</h2>
      <ul className={classes.recent}>
        {records.map((record) => (
          <RecentRecord key={record.id} record={record} object={objects.find(({ slug }) => slug === record.object)!} />
        ))}
      </ul>
    </>
  )
}

function RecentRecord({ record, object }: { record: RecordData; object: ObjectSummary }) {
  const { locale, timeZone } = useFormatContext()
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone })
  return (
    <li>
      <Link to={paths.record(object.slug, record.id)} className={classes.recentLink}>
        <span className={classes.cardIcon}>
          <ObjectIcon name={object.icon} />
        </span>
        <span className={classes.recentTitle}>{record.title}</span>
        <span className={classes.dimmed}>{record.recordNumber}</span>
        <time
          className={classes.recentTime}
          dateTime={record.updatedAt}
          title={exact.format(new Date(record.updatedAt))}
        >
          {formatRelative(record.updatedAt, locale)}
        </time>
      </Link>
    </li>
  )
}

function useRecentRecords(objects: ObjectSummary[]): RecordData[] {
  const query = { sort: ['-updatedAt'], limit: recentShown }
  const location = useShownLocation()
  return useQueries({
    queries: objects.map(({ slug }) => ({
      queryKey: [...keys.records(slug), 'recent', location],
      queryFn: async () => (await client.records.list(slug, query)).items,
    })),
    combine: (results) =>
      results
        .flatMap(({ data = [] }) => data)
        .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
        .slice(0, recentShown),
  })
}
