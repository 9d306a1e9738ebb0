import { Button, Skeleton } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useObject, useViews } from '../api/objects.ts'
import { useShownLocation } from '../api/shownLocation.ts'
import { paths } from '../paths.ts'
import { usePeek } from '../record/peek.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useCalmly } from '../ui/useCalmly.ts'
import { useShortcuts } from '../ui/useShortcuts.ts'
import { ListMenu } from './ListMenu.tsx'
import classes from './ListPage.module.css'
import { useKeptPlace } from './place.ts'
import { RecordList } from './RecordList.tsx'

const PeekPanel = lazy(() => import('../record/PeekPanel.tsx'))
const CreateRecord = lazy(() => import('../record/CreateRecord.tsx'))

/** The list of any object, drawn from its metadata. */
export default function ListPage() {
  const { object: slug = '' } = useParams()
  const { data: object, error } = useObject(slug)
  const views = useViews(slug)
  const location = useShownLocation()
  const isReady = useCalmly(object !== undefined && !views.isPending)
  if (error) return <PageError error={error} />
  // The views decide what is asked for; without them the list would be fetched twice.
  if (!object || !isReady) return <ListSkeleton />
  // Nothing stays chosen of what another location's list showed.
  return <ObjectList key={`${slug} ${location}`} object={object} views={views.data} />
}

function ObjectList({ object, views }: { object: ObjectMeta; views: ReturnType<typeof useViews>['data'] }) {
  const { t } = useTranslation('list')
  const creation = useCreation()
  const peek = usePeek()
  const navigate = useNavigate()
  useKeptPlace(object.slug)
  const mayCreate = Boolean(object.permissions.create)
  useShortcuts({ c: () => mayCreate && creation.open() })
  return (
    <>
      <PageHeader
        before={<ObjectIcon name={object.icon} size={20} />}
        title={object.labelPlural}
        documentTitle={object.labelPlural}
      >
        <ListMenu object={object} />
        {mayCreate && (
          <Button leftSection={<IconPlus size={16} />} onClick={creation.open} data-tour="create">
            {t('new', { label: object.label })}
          </Button>
        )}
      </PageHeader>
      <RecordList object={object} views={views} onCreate={mayCreate ? creation.open : undefined} />
      {peek.id && (
        <Suspense>
          <PeekPanel object={object} />
        </Suspense>
      )}
      {creation.isOpen && (
        <Suspense>
          <CreateRecord
            object={object.slug}
            opened
            onClose={creation.close}
            onCreated={(record) => navigate(paths.record(object.slug, record.id))}
          />
        </Suspense>
      )}
    </>
  )
}

/** The form for a new record is part of the address, so that other pages can link to it. */
function useCreation() {
  const [params, setParams] = useSearchParams()
  const change = (edit: (params: URLSearchParams) => void) => () =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        edit(next)
        return next
      },
      { replace: true },
    )
  return {
    isOpen: params.has('create'),
    open: change((next) => next.set('create', '1')),
    close: change((next) => next.delete('create')),
  }
}

function ListSkeleton() {
  return (
    <div className={classes.skeleton} aria-busy>
      <Skeleton height={22} width={180} />
      <Skeleton height={16} width={360} mb={12} />
      {[90, 76, 84, 70, 92, 80, 74, 88].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  )
}
