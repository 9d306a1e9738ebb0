import { Button, Menu } from '@mantine/core'
import type { ObjectMeta, View } from '@oneforge/client'
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconCopy,
  IconDeviceFloppy,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
  IconUsers,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useArrangeViews, useDeleteView, usePinView } from '../../api/objects.ts'
import { viewedPerson } from '../../api/viewAs.ts'
import { useMayAdmin } from '../../api/workspace.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { showError } from '../../ui/toast.tsx'
import type { ColumnControls } from '../columns/useColumns.ts'
import type { ListControls } from '../useListState.ts'
import { neighbourOf, swapped } from './tabOrder.ts'
import { useViewContents } from './useViewContents.ts'

const ShareDialog = onDemand(async () => (await import('./ShareDialog.tsx')).ShareDialog)
const ViewNameDialog = onDemand(async () => (await import('./ViewNameDialog.tsx')).ViewNameDialog)

interface ViewMenuProps {
  object: ObjectMeta
  views: View[]
  list: ListControls
  columns: ColumnControls
}

type Opened = 'save' | 'duplicate' | 'rename' | 'share'

/** All that can be done with the view shown; what the person may not do is not there. */
export function ViewMenu({ object, views, list, columns }: ViewMenuProps) {
  const { t } = useTranslation('list')
  const [opened, setOpened] = useState<Opened>()
  const contents = useViewContents(list, columns)
  const mayShare = useMayAdmin('views')
  const close = () => setOpened(undefined)
  const { view } = list
  const isChanged = list.isChanged || columns.isChanged
  if (viewedPerson()) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" color="gray" rightSection={<IconChevronDown size={14} />}>
            {t('view.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconDeviceFloppy size={16} />} onClick={() => setOpened('save')}>
            {t('view.saveAs')}
          </Menu.Item>
          {view && !isChanged && (
            <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => setOpened('duplicate')}>
              {t('view.duplicate')}
            </Menu.Item>
          )}
          {view && <PinItem object={object} view={view} />}
          {view?.mayAdminister && (
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpened('rename')}>
              {t('view.rename')}
            </Menu.Item>
          )}
          {view?.mayAdminister && mayShare && (
            <Menu.Item leftSection={<IconUsers size={16} />} onClick={() => setOpened('share')}>
              {t('view.share')}
            </Menu.Item>
          )}
          {view?.mayAdminister && <OrderItems object={object} views={views} view={view} />}
          {view?.mayAdminister && (
            <DeleteItem object={object} view={view} onDeleted={() => list.selectView(undefined)} />
          )}
        </Menu.Dropdown>
      </Menu>
      {opened === 'share' && view && <ShareDialog object={object} view={view} onClose={close} />}
      {opened && opened !== 'share' && (
        <ViewNameDialog
          object={object}
          renamed={opened === 'rename' ? view : undefined}
          proposal={opened === 'duplicate' && view ? t('view.copyOf', { view: view.label }) : ''}
          contents={contents}
          onSaved={(saved) => {
            close()
            if (opened === 'rename') return
            columns.forgetWidths()
            list.selectView(saved)
          }}
          onClose={close}
        />
      )}
    </>
  )
}

// An item is gone with its menu before the server answers, and what was given to `mutate` with it: what follows is told by
// promise.
interface ItemProps {
  object: ObjectMeta
  view: View
}

function PinItem({ object, view }: ItemProps) {
  const { t } = useTranslation('list')
  const pin = usePinView(object.slug)
  return (
    <Menu.Item
      leftSection={view.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
      onClick={() => void pin.mutateAsync({ id: view.id, pinned: !view.pinned }).catch(showError)}
    >
      {t(view.pinned ? 'view.unpin' : 'view.pin')}
    </Menu.Item>
  )
}

/** Further left or right among the tabs of its kind: shared ones stand before one's own. */
function OrderItems({ object, views, view }: ItemProps & { views: View[] }) {
  const { t } = useTranslation('list')
  const arrange = useArrangeViews(object.slug)
  const kind = views.filter(({ ownedByMe }) => ownedByMe === view.ownedByMe)
  const move = (by: -1 | 1) => void arrange.mutateAsync(swapped(kind, view, by).map(({ id }) => id)).catch(showError)
  return (
    <>
      {neighbourOf(kind, view, -1) && (
        <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => move(-1)}>
          {t('view.left')}
        </Menu.Item>
      )}
      {neighbourOf(kind, view, 1) && (
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => move(1)}>
          {t('view.right')}
        </Menu.Item>
      )}
    </>
  )
}

function DeleteItem({ object, view, onDeleted }: ItemProps & { onDeleted: () => void }) {
  const { t } = useTranslation('list')
  const remove = useDeleteView(object.slug)
  return (
    <Menu.Item
      color="red"
      leftSection={<IconTrash size={16} />}
      onClick={() => void remove.mutateAsync(view).then(onDeleted, showError)}
    >
      {t('view.delete')}
    </Menu.Item>
  )
}
