import { Anchor, Button, Menu, Switch, Text } from '@mantine/core'
import type { WorkflowDetail } from '@oneforge/client'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconClipboard,
  IconCopy,
  IconDots,
  IconFlask,
  IconHistory,
  IconListDetails,
  IconPlayerPlay,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { client } from '../../api/client.ts'
import { paths } from '../../paths.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { onDemand } from '../../ui/onDemand.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { differenceOf, isSame } from '../flow/difference.ts'
import { useWorkflowChange } from '../queries.ts'
import classes from './builder.module.css'
import type { PanelName } from './panels.ts'
import type { Draft } from './useDraft.ts'
import type { FlowEditor } from './useFlowEditor.ts'

const PublishDialog = onDemand(async () => (await import('./PublishDialog.tsx')).PublishDialog)

interface BuilderHeaderProps {
  workflow: WorkflowDetail
  draft: Draft
  editor: FlowEditor
  panel: PanelName | undefined
  onPanel: (panel: PanelName | undefined) => void
}

export function BuilderHeader({ workflow, draft, editor, panel, onPanel }: BuilderHeaderProps) {
  const { t, i18n } = useTranslation('automation')
  const [publishing, setPublishing] = useState(false)
  const change = useWorkflowChange()
  const title = draft.flow.label[i18n.language] ?? draft.flow.label.en
  const isNew = !workflow.published || !isSame(differenceOf(workflow.definition, draft.flow))
  const toggle = (name: PanelName) => onPanel(panel === name ? undefined : name)
  return (
    <>
      <PageHeader
        before={
          <Anchor component={Link} to={paths.automation()} c="dimmed" aria-label={t('back')} className={classes.back}>
            <IconArrowLeft size={16} aria-hidden />
          </Anchor>
        }
        title={title}
      >
        <Status workflow={workflow} draft={draft} isNew={isNew} />
        <span className={classes.wide}>
          <IconButton label={t('act.undo')} disabled={!draft.canUndo} onClick={editor.takeBack}>
            <IconArrowBackUp size={17} />
          </IconButton>
          <IconButton label={t('act.redo')} disabled={!draft.canRedo} onClick={editor.doAgain}>
            <IconArrowForwardUp size={17} />
          </IconButton>
          <PanelButton name="test" icon={IconFlask} panel={panel} onToggle={toggle} />
          <PanelButton name="runs" icon={IconListDetails} panel={panel} onToggle={toggle} />
          <PanelButton name="versions" icon={IconHistory} panel={panel} onToggle={toggle} />
        </span>
        <MoreMenu workflow={workflow} draft={draft} editor={editor} onPanel={onPanel} />
        <Switch
          size="sm"
          aria-label={t('act.enabled')}
          checked={workflow.enabled}
          disabled={!workflow.published}
          onChange={(event) => {
            const enabled = event.currentTarget.checked
            change.mutate(() => client.workflows.update(workflow.id, { enabled }))
          }}
        />
        <Button disabled={!isNew} onClick={() => setPublishing(true)}>
          {t('act.publish')}
        </Button>
      </PageHeader>
      {publishing && (
        <PublishDialog
          workflow={workflow}
          draft={draft}
          onClose={() => setPublishing(false)}
          onProblem={(mark) => {
            editor.select(mark)
            onPanel('step')
          }}
        />
      )}
    </>
  )
}

/** Whether what is shown is saved, and whether it is what runs. */
function Status({ workflow, draft, isNew }: Pick<BuilderHeaderProps, 'workflow' | 'draft'> & { isNew: boolean }) {
  const { t } = useTranslation('automation')
  const published = isNew ? 'status.draft' : 'status.published'
  const text = draft.state === 'saved' ? t(published, { version: workflow.version }) : t(`status.${draft.state}`)
  return (
    <Text
      size="xs"
      c={draft.state === 'failed' ? 'var(--mantine-color-error)' : 'dimmed'}
      className={classes.wide}
      role="status"
    >
      {text}
    </Text>
  )
}

interface PanelButtonProps {
  name: PanelName
  icon: typeof IconFlask
  panel: PanelName | undefined
  onToggle: (name: PanelName) => void
}

function PanelButton({ name, icon: Picture, panel, onToggle }: PanelButtonProps) {
  const { t } = useTranslation('automation')
  return (
    <Button
      variant={panel === name ? 'light' : 'default'}
      aria-pressed={panel === name}
      leftSection={<Picture size={15} aria-hidden />}
      onClick={() => onToggle(name)}
    >
      {t(`panel.${name}`)}
    </Button>
  )
}

function MoreMenu({ workflow, draft, editor, onPanel }: Omit<BuilderHeaderProps, 'panel'>) {
  const { t } = useTranslation('automation')
  const navigate = useNavigate()
  const change = useWorkflowChange()
  const duplicate = async () => {
    const copy = await client.workflows.duplicate(workflow.id)
    await navigate(paths.workflow(copy.id))
  }
  const remove = async () => {
    await client.workflows.remove(workflow.id)
    await navigate(paths.automation())
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton label={t('act.more')}>
          <IconDots size={17} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFlask size={14} />} onClick={() => onPanel('test')} hiddenFrom="sm">
          {t('panel.test')}
        </Menu.Item>
        <Menu.Item leftSection={<IconPlayerPlay size={14} />} onClick={() => onPanel('runs')} hiddenFrom="sm">
          {t('panel.runs')}
        </Menu.Item>
        <Menu.Item leftSection={<IconHistory size={14} />} onClick={() => onPanel('versions')} hiddenFrom="sm">
          {t('panel.versions')}
        </Menu.Item>
        <Menu.Item leftSection={<IconSettings size={14} />} onClick={() => onPanel('settings')}>
          {t('panel.settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => void editor.copy(draft.flow.steps)}>
          {t('act.copyAll')}
        </Menu.Item>
        <Menu.Item leftSection={<IconClipboard size={14} />} onClick={() => void editor.pasteFromClipboard()}>
          {t('act.paste')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} />} onClick={() => change.mutate(duplicate)}>
          {t('act.duplicateAll')}
        </Menu.Item>
        {workflow.hasDraft && workflow.published && (
          <Menu.Item leftSection={<IconArrowBackUp size={14} />} onClick={() => change.mutate(draft.discard)}>
            {t('act.discard')}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={14} />} onClick={() => change.mutate(remove)}>
          {t('act.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
