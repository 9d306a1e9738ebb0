import { useFullscreenElement } from '@mantine/hooks'
import type { Dashboard, DashboardSummary } from '@oneforge/client'
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

/** A board with its figures. */
export function Board({ board, boards }: { board: Dashboard; boards: DashboardSummary[] }) {
  const objects = useObjectsOf(board.widgets)
  const { data: figures, error } = useFigures(board.id, useAsked())
  const [view, setView] = useBoardView(board, objects)
  const { ref, toggle, fullscreen: isOnWall } = useFullscreenElement<HTMLDivElement>()
  useShortcuts({ f: () => void toggle() })
  return (
    <>
      <PageHeader title={board.label}>
        <BoardMenu board={board} boards={boards} view={view} onWall={() => void toggle()} />
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
        {(figures || !error) && <BoardGrid widgets={board.widgets} figures={figures} objects={objects} />}
      </div>
    </>
  )
}
