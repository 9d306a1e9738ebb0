import { Button, Skeleton } from '@mantine/core'
import type { Dashboard, DashboardSummary } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import classes from './Board.module.css'
import { Board } from './Board.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { useDashboard, useDashboards } from './dashboards.ts'
import { useNewBoard } from './useNewBoard.ts'

/** Figures at a glance: the board of the address, or that which opens first for the person. */
export default function DashboardsPage() {
  const { id } = useParams()
  const { data: boards, error } = useDashboards()
  if (error) return <PageError error={error} />
  if (!boards) return <BoardSkeleton />
  const shown = id ?? (boards.find(({ isDefault }) => isDefault) ?? boards[0])?.id
  return shown ? <ShownBoard key={shown} id={shown} boards={boards} /> : <NoBoards />
}

function ShownBoard({ id, boards }: { id: string; boards: DashboardSummary[] }) {
  const { data: board, error } = useDashboard(id)
  if (error) return <PageError error={error} />
  if (!board) return <BoardSkeleton boards={boards} shown={id} />
  return <Board board={board as Dashboard} boards={boards} />
}

function BoardSkeleton({ boards, shown = '' }: { boards?: DashboardSummary[]; shown?: string }) {
  const { t } = useTranslation('dashboards')
  return (
    <>
      <PageHeader title={t('title')} />
      {boards && <BoardTabs boards={boards} shown={shown} />}
      <div className={classes.page} aria-busy>
        <Skeleton height={30} width={260} mb="sm" />
        <Skeleton height={320} />
      </div>
    </>
  )
}

function NoBoards() {
  const { t } = useTranslation('dashboards')
  const create = useNewBoard()
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyPage icon="chart-bar" title={t('empty.title')} text={t('empty.text')}>
        {create && <Button onClick={() => create()}>{t('empty.create')}</Button>}
      </EmptyPage>
    </>
  )
}
