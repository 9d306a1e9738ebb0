import { Button } from '@mantine/core'
import type { Location, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useShownLocation } from '../api/shownLocation.ts'
import { useLoadSamples, useMayAdmin, useTemplates, useWorkspace } from '../api/workspace.ts'
import { useLocationById, useSwitchLocation } from '../locations/locations.ts'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { showError } from '../ui/toast.tsx'
import { AlikeRecords } from './AlikeRecords.tsx'
import type { ListControls } from './useListState.ts'

interface EmptyListProps {
  object: ObjectMeta
  list: ListControls
  onCreate: (() => void) | undefined
}

/** Nothing matches, or nothing is there yet: two different things with different ways on. */
export function EmptyList({ object, list, onCreate }: EmptyListProps) {
  const { t } = useTranslation('list')
  const { objects } = useWorkspace()
  const location = useLocationById(useShownLocation())
  const isBare = objects.find(({ slug }) => slug === object.slug)?.recordCount === 0
  if (location && !list.filter && !list.search)
    return <NothingThere object={object} at={location} onCreate={onCreate} />
  if (isBare || (!list.filter && !list.search)) return <NothingYet object={object} onCreate={onCreate} />
  return (
    <EmptyPage
      icon="search"
      title={t('empty.noMatch')}
      text={list.search ? t('empty.noMatchSearch', { search: list.search }) : t('empty.noMatchFilter')}
    >
      {list.search && <AlikeRecords object={object} search={list.search} />}
      {list.search && (
        <Button variant="default" onClick={() => list.setSearch('')}>
          {t('clearSearch')}
        </Button>
      )}
      {list.filter && (
        <Button variant="default" onClick={() => list.setFilter(null)}>
          {t('filter.clear')}
        </Button>
      )}
    </EmptyPage>
  )
}

/** The page is switched to a location: there may well be records elsewhere. */
function NothingThere({ object, at, onCreate }: Omit<EmptyListProps, 'list'> & { at: Location }) {
  const { t } = useTranslation('list')
  const switchLocation = useSwitchLocation()
  return (
    <EmptyPage
      icon={object.icon}
      title={t('empty.atLocation', { objects: object.labelPlural, location: at.name })}
      text={t('empty.atLocationText')}
    >
      {onCreate && <Button onClick={onCreate}>{t('new', { label: object.label })}</Button>}
      <Button variant="default" onClick={() => switchLocation(undefined)}>
        {t('empty.allLocations')}
      </Button>
    </EmptyPage>
  )
}

function NothingYet({ object, onCreate }: Omit<EmptyListProps, 'list'>) {
  const { t } = useTranslation('list')
  const { template, objects } = useWorkspace()
  const { data: templates } = useTemplates()
  const loadSamples = useLoadSamples()
  const mayLoad = useMayAdmin('templates')
  const isNew = objects.every(({ recordCount }) => recordCount === 0)
  const hasSamples = templates?.some(({ slug, sampleCount }) => slug === template?.slug && sampleCount > 0)
  return (
    <EmptyPage
      icon={object.icon}
      title={t('empty.title', { objects: object.labelPlural })}
      text={object.description ?? t('empty.text')}
    >
      {onCreate && <Button onClick={onCreate}>{t('new', { label: object.label })}</Button>}
      {object.permissions.import && (
        <Button variant="default" component={Link} to={paths.import(object.slug)}>
          {t('empty.import')}
        </Button>
      )}
      {isNew && hasSamples && mayLoad && (
        <Button
          variant="default"
          loading={loadSamples.isPending}
          onClick={() => loadSamples.mutate(undefined, { onError: showError })}
        >
          {t('empty.samples')}
        </Button>
      )}
    </EmptyPage>
  )
}
