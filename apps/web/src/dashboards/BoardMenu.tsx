import { Menu } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Dashboard, DashboardDifference, DashboardSummary } from '@oneforge/client'
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowRight,
  IconCopy,
  IconDots,
  IconFileTypePdf,
  IconMail,
  IconMaximize,
  IconPhoto,
  IconPlus,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { neighbourOf, swapped } from '../list/views/tabOrder.ts'
import { paths } from '../paths.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { saveFile } from '../ui/saveFile.ts'
import { showError, showProgress } from '../ui/toast.tsx'
import type { BoardView } from './boardAddress.ts'
import { useBoardChange, useDifference } from './dashboards.ts'
import { useNewBoard } from './useNewBoard.ts'

const BoardSettings = onDemand(async () => (await import('./editing/BoardSettings.tsx')).BoardSettings)
const BoardReset = onDemand(async () => (await import('./editing/BoardReset.tsx')).BoardReset)
const ScheduleDrawer = onDemand(async () => (await import('./editing/ScheduleDrawer.tsx')).ScheduleDrawer)

interface BoardMenuProps {
  board: Dashboard
  boards: DashboardSummary[]
  view: BoardView
  onWall: () => void
}

/** What can be done with the board as a whole. */
export function BoardMenu({ board, boards, view, onWall }: BoardMenuProps) {
  const { t } = useTranslation('dashboards')
  const [opened, setOpened] = useState<'settings' | 'schedule'>()
  const [resetting, setResetting] = useState<DashboardDifference>()
  const create = useNewBoard()
  const take = useExport(board, view)
  const close = () => setOpened(undefined)
  const mayChange = board.mayChange && !viewedPerson()
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t('menu.title')}>
            <IconDots size={18} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconMaximize size={16} />} rightSection={<kbd>F</kbd>} onClick={onWall}>
            {t('menu.wall')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypePdf size={16} />} onClick={() => void take('pdf')}>
            {t('menu.pdf')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPhoto size={16} />} onClick={() => void take('png')}>
            {t('menu.png')}
          </Menu.Item>
          {create && (
            <>
              <Menu.Item leftSection={<IconMail size={16} />} onClick={() => setOpened('schedule')}>
                {t('menu.schedule')}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPlus size={16} />} onClick={create}>
                {t('menu.new')}
              </Menu.Item>
              <DuplicateItem board={board} />
            </>
          )}
          {mayChange && (
            <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => setOpened('settings')}>
              {t('menu.settings')}
            </Menu.Item>
          )}
          {mayChange && board.system && <ResetItem board={board} onReset={setResetting} />}
          {!viewedPerson() && <OrderItems board={board} boards={boards} />}
          {mayChange && <RemoveItem board={board} boards={boards} />}
        </Menu.Dropdown>
      </Menu>
      {opened === 'settings' && <BoardSettings board={board} view={view} onClose={close} />}
      {resetting && <BoardReset board={board} difference={resetting} onClose={() => setResetting(undefined)} />}
      {opened === 'schedule' && <ScheduleDrawer board={board} view={view} onClose={close} />}
    </>
  )
}

/** The board as it is looked at now, with its range and filters, as a file. */
function useExport({ id }: Dashboard, view: BoardView) {
  const { t } = useTranslation('dashboards')
  return async (format: 'pdf' | 'png') => {
    const progress = showProgress(t('exporting'))
    try {
      saveFile(await client.dashboards.export(id, { format, ...view }))
    } catch (error) {
      showError(error)
    } finally {
      progress.hide()
    }
  }
}

// An item is gone with its menu before the server answers, and what was given to `mutate` with it: what follows is told by
// promise.
function DuplicateItem({ board }: { board: Dashboard }) {
  const { t } = useTranslation('dashboards')
  const navigate = useNavigate()
  const duplicate = useBoardChange(() => client.dashboards.duplicate(board.id))
  return (
    <Menu.Item
      leftSection={<IconCopy size={16} />}
      onClick={() =>
        void duplicate.mutateAsync(undefined).then(({ id }) => navigate(paths.dashboards(id, { edit: '1' })), showError)
      }
    >
      {t('menu.duplicate')}
    </Menu.Item>
  )
}

interface ResetItemProps {
  board: Dashboard
  onReset: (difference: DashboardDifference) => void
}

/** There once it is known that somebody has changed what the template brought. */
function ResetItem({ board, onReset }: ResetItemProps) {
  const { t } = useTranslation('dashboards')
  const { data: difference } = useDifference(board)
  if (!difference?.changed) return null
  return (
    <Menu.Item leftSection={<IconArrowBackUp size={16} />} onClick={() => onReset(difference)}>
      {t('menu.reset')}
    </Menu.Item>
  )
}

/** Further to the beginning or end among the tabs of its kind: shared ones stand before one's own. */
function OrderItems({ board, boards }: Pick<BoardMenuProps, 'board' | 'boards'>) {
  const { t } = useTranslation('dashboards')
  const mayArrangeAll = useMayAdmin('views')
  const arrange = useBoardChange(client.dashboards.order)
  if (!board.ownedByMe && !mayArrangeAll) return null
  const kind = boards.filter(({ visibility }) => (visibility === 'private') === (board.visibility === 'private'))
  const move = (by: -1 | 1) => void arrange.mutateAsync(swapped(kind, board, by).map(({ id }) => id)).catch(showError)
  return (
    <>
      {neighbourOf(kind, board, -1) && (
        <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => move(-1)}>
          {t('menu.earlier')}
        </Menu.Item>
      )}
      {neighbourOf(kind, board, 1) && (
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => move(1)}>
          {t('menu.later')}
        </Menu.Item>
      )}
    </>
  )
}

function RemoveItem({ board, boards }: Pick<BoardMenuProps, 'board' | 'boards'>) {
  const { t } = useTranslation('dashboards')
  const navigate = useNavigate()
  const remove = useBoardChange(() => client.dashboards.remove(board.id, board.version))
  const next = boards.find(({ id }) => id !== board.id)
  const ask = () =>
    openConfirmModal({
      title: t('remove.title', { board: board.label }),
      children: t('remove.text'),
      labels: { confirm: t('remove.confirm'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        void remove
          .mutateAsync(undefined)
          .then(() => navigate(paths.dashboards(next?.id), { replace: true }), showError),
    })
  return (
    <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={ask}>
      {t('menu.remove')}
    </Menu.Item>
  )
}
