import { Button, Skeleton } from '@mantine/core'
import { useFullscreenElement } from '@mantine/hooks'
import type { Dashboard, DashboardSummary } from '@oneforge/client'
import { IconPencil } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { viewedPerson } from '../api/viewAs.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import classes from './Board.module.css'
import { AsOf, BoardBar } from './BoardBar.tsx'
import { BoardGrid } from './BoardGrid.tsx'
import { BoardMenu } from './BoardMenu.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { useFigures, useObjectsOf } from './dashboards.ts'
import { useAsked, useBoardView } from './useBoardView.ts'

const BoardEditor = lazy(() => import('./editing/BoardEditor.tsx'))

/** A board with its figures; where it is being edited, the editor in its place. */
export function Board({ board, boards }: { board: Dashboard; boards: DashboardSummary[] }) {
  const [isEditing, setEditing] = useEditing(board.mayChange && !viewedPerson())
  if (!isEditing) return <ReadBoard board={board} boards={boards} onEdit={() => setEditing(true)} />
  return (
    <Suspense fallback={<Skeleton height={320} m="md" />}>
      <BoardEditor board={board} onClose={() => setEditing(false)} />
    </Suspense>
  )
}

/** Editing is part of the address: going back leaves it. */
function useEditing(may: boolean): [boolean, (isEditing: boolean) => void] {
  const [params, setParams] = useSearchParams()
  const set = (isEditing: boolean) =>
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (isEditing) next.set('edit', '1')
      else next.delete('edit')
      return next
    })
  return [may && params.has('edit'), set]
}

interface ReadBoardProps {
  board: Dashboard
  boards: DashboardSummary[]
  onEdit: () => void
}

function ReadBoard({ board, boards, onEdit }: ReadBoardProps) {
  const { t } = useTranslation('dashboards')
  const objects = useObjectsOf(board.widgets)
  const { data: figures, error } = useFigures(board.id, useAsked())
  const [view, setView] = useBoardView(board, objects)
  const { ref, toggle, fullscreen: isOnWall } = useFullscreenElement<HTMLDivElement>()
  const mayEdit = board.mayChange && !viewedPerson()
  useShortcuts({ f: () => void toggle(), e: () => mayEdit && onEdit() })
  return (
    <>
      <PageHeader title={board.label}>
        <BoardMenu board={board} boards={boards} view={view} onWall={() => void toggle()} />
        {mayEdit && (
          <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onEdit}>
            {t('edit')}
          </Button>
        )}
      </PageHeader>
      <BoardTabs boards={boards} shown={board.id} />
      <div ref={ref} className={classes.page} data-wall={isOnWall || undefined}>
        {isOnWall ? (
          <header className={classes.wallHead}>
            <h1>{board.label}</h1>
            {figures && <AsOf at={figures.at} />}
          </header>
        ) : (
          <BoardBar view={view} onChange={setView} objects={[...objects.values()]} figures={figures} />
        )}
        {error && !figures && <PageError error={error} />}
        {board.widgets.length === 0 && <NoWidgets onEdit={mayEdit ? onEdit : undefined} />}
        {(figures || !error) && <BoardGrid widgets={board.widgets} figures={figures} objects={objects} />}
      </div>
    </>
  )
}

function NoWidgets({ onEdit }: { onEdit: (() => void) | undefined }) {
  const { t } = useTranslation('dashboards')
  return (
    <EmptyPage icon="chart-bar" title={t('bare.title')} text={t('bare.text')}>
      {onEdit && <Button onClick={onEdit}>{t('bare.add')}</Button>}
    </EmptyPage>
  )
}
