import { Button } from '@mantine/core'
import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import type { Dashboard, Widget } from '@oneforge/client'
import { IconArrowBackUp, IconArrowForwardUp, IconPlus } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { EmptyPage } from '../../ui/EmptyPage.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { showError, showToast } from '../../ui/toast.tsx'
import { useLeaveGuard } from '../../ui/useLeaveGuard.ts'
import boardClasses from '../Board.module.css'
import { useBoardChange, useObjectsOf, usePreview } from '../dashboards.ts'
import { freePlace } from '../places.ts'
import { useBoardView } from '../useBoardView.ts'
import { without } from './arrange.ts'
import { EditGrid } from './EditGrid.tsx'
import classes from './Editing.module.css'
import { EditList } from './EditList.tsx'
import { freeKey } from './kinds.ts'
import { type BoardDraft, useBoardDraft } from './useBoardDraft.ts'
import { WidgetDrawer } from './WidgetDrawer.tsx'
import { WidgetGallery } from './WidgetGallery.tsx'

interface BoardEditorProps {
  board: Dashboard
  onClose: () => void
}

/** Puts widgets on the board, moves and shapes them; nothing of it is seen by anybody before it is saved. */
export default function BoardEditor({ board, onClose }: BoardEditorProps) {
  const { t } = useTranslation('dashboards')
  const { objects: known } = useWorkspace()
  const isPhone = useMediaQuery('(max-width: 760px)')
  const draft = useBoardDraft(board.widgets)
  const { widgets } = draft
  const objects = useObjectsOf(widgets)
  const [view] = useBoardView(board, objects)
  const { data: figures } = usePreview(
    useMemo(() => apart(widgets), [widgets]),
    view,
    true,
  )
  const [opened, setOpened] = useState<Widget | 'gallery'>()
  const [added, setAdded] = useState<string>()
  useInSight(added)
  const save = useBoardChange(() => client.dashboards.update(board.id, { widgets }, board.version))
  useLeaveGuard(draft.isChanged && !save.isSuccess, t('editor.leave'))
  useHotkeys([
    ['mod+Z', () => draft.undo?.()],
    ['mod+shift+Z', () => draft.redo?.()],
  ])

  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        showToast({ message: t('editor.saved', { board: board.label }) })
        onClose()
      },
      onError: showError,
    })
  const discard = () => {
    if (!draft.isChanged || window.confirm(t('editor.leave'))) onClose()
  }
  const put = (widget: Widget) =>
    draft.change((before) =>
      before.some(({ key }) => key === widget.key)
        ? before.map((one) => (one.key === widget.key ? { ...widget, position: one.position } : one))
        : [...before, widget],
    )
  const duplicate = (widget: Widget) =>
    draft.change((before) => {
      const keys = before.map(({ key }) => key)
      return [...before, { ...widget, key: freeKey(widget.key, keys), position: freePlace(before, widget.position) }]
    })
  const arrangement = {
    widgets,
    figures,
    objects,
    onArrange: (arrange: (widgets: Widget[]) => Widget[]) => draft.change(arrange),
    onEdit: setOpened,
    onDuplicate: duplicate,
    onRemove: ({ key }: Widget) => draft.change((before) => without(before, key)),
  }
  return (
    <>
      <div className={classes.head}>
        <EditorHead
          board={board}
          draft={draft}
          isSaving={save.isPending}
          isPhone={isPhone}
          onAdd={() => setOpened('gallery')}
          onDiscard={discard}
          onSave={submit}
        />
      </div>
      <div className={boardClasses.page}>
        {widgets.length === 0 && (
          <EmptyPage icon="chart-bar" title={t('bare.title')} text={t('bare.text')}>
            <Button onClick={() => setOpened('gallery')}>{t('bare.add')}</Button>
          </EmptyPage>
        )}
        {isPhone ? <EditList {...arrangement} /> : <EditGrid {...arrangement} />}
      </div>
      {opened === 'gallery' && (
        <WidgetGallery widgets={widgets} objects={known} onChoose={setOpened} onClose={() => setOpened(undefined)} />
      )}
      {opened && opened !== 'gallery' && (
        <WidgetDrawer
          key={opened.key}
          widget={opened}
          isNew={!widgets.some(({ key }) => key === opened.key)}
          view={view}
          onDone={(widget) => {
            put(widget)
            setAdded(widget.key)
            setOpened(undefined)
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}

/** What has just been put on the board stands at its end: there one looks for it. */
function useInSight(key: string | undefined): void {
  useEffect(() => {
    if (!key) return
    // The grid knows its place a moment after the widget is there.
    const soon = requestAnimationFrame(() =>
      document.querySelector(`[data-widget="${CSS.escape(key)}"]`)?.scrollIntoView({ block: 'nearest' }),
    )
    return () => cancelAnimationFrame(soon)
  }, [key])
}

interface EditorHeadProps {
  board: Dashboard
  draft: BoardDraft
  isSaving: boolean
  isPhone: boolean | undefined
  onAdd: () => void
  onDiscard: () => void
  onSave: () => void
}

function EditorHead({ board, draft, isSaving, isPhone, onAdd, onDiscard, onSave }: EditorHeadProps) {
  const { t } = useTranslation('dashboards')
  return (
    <PageHeader title={t('editor.title', { board: board.label })}>
      <IconButton label={t('editor.undo')} disabled={!draft.undo} onClick={draft.undo}>
        <IconArrowBackUp size={18} />
      </IconButton>
      <IconButton label={t('editor.redo')} disabled={!draft.redo} onClick={draft.redo}>
        <IconArrowForwardUp size={18} />
      </IconButton>
      {isPhone ? (
        <IconButton label={t('editor.add')} onClick={onAdd}>
          <IconPlus size={18} />
        </IconButton>
      ) : (
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={onAdd}>
          {t('editor.add')}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={onDiscard}>
        {t(draft.isChanged ? 'editor.discard' : 'cancel')}
      </Button>
      <Button onClick={onSave} loading={isSaving} disabled={!draft.isChanged}>
        {t('editor.save')}
      </Button>
    </PageHeader>
  )
}

/** Where they stand says nothing about what they show: moving one asks for no figures. */
function apart(widgets: Widget[]): Widget[] {
  return widgets.map((widget, index) => ({ ...widget, position: { x: 0, y: index, w: 12, h: 1 } }))
}
