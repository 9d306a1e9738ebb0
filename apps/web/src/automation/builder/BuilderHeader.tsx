import { Anchor, Button, Menu, Switch, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { WorkflowDetail } from '@oneforge/client'
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconClipboard,
  IconCopy,
  IconDots,
  IconFlask,
  IconHistory,
  IconListDetails,
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
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import { differenceOf, isSame } from '../flow/difference.ts'
import { useWorkflowChange } from '../queries.ts'
import classes from './builder.module.css'
import type { PanelName } from './panels.ts'
import type { Draft } from './useDraft.ts'
import type { FlowEditor } from './useFlowEditor.ts'

const PublishDialog = onDemand(async () => (await import('./PublishDialog.tsx')).PublishDialog)

const panelsOfHeader = [
  ['test', IconFlask],
  ['runs', IconListDetails],
  ['versions', IconHistory],
] as const

interface BuilderHeaderProps {
  workflow: WorkflowDetail
  draft: Draft
  editor: FlowEditor
  panel: PanelName | undefined
  words: FlowWords
  onPanel: (panel: PanelName | undefined) => void
  /** Leads to the card of a problem. */
  onProblem: (mark: string) => void
}

export function BuilderHeader({ workflow, draft, editor, panel, words, onPanel, onProblem }: BuilderHeaderProps) {
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
          <ProblemsButton draft={draft} panel={panel} onToggle={toggle} />
          {panelsOfHeader.map(([name, icon]) => (
            <PanelButton key={name} name={name} icon={icon} panel={panel} onToggle={toggle} />
          ))}
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
          words={words}
          onProblem={onProblem}
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

/** How many problems there are; it leads to them. */
function ProblemsButton({ draft, panel, onToggle }: Pick<BuilderHeaderProps, 'draft' | 'panel'> & Toggle) {
  const { t } = useTranslation('automation')
  const count = draft.problems.length
  if (count === 0) return null
  return (
    <Button
      variant={panel === 'problems' ? 'light' : 'default'}
      aria-pressed={panel === 'problems'}
      leftSection={<IconAlertTriangle size={15} color="var(--mantine-color-error)" aria-hidden />}
      onClick={() => onToggle('problems')}
    >
      {t('card.problems', { count })}
    </Button>
  )
}

interface Toggle {
  onToggle: (name: PanelName) => void
}

interface PanelButtonProps extends Toggle {
  name: PanelName
  icon: typeof IconFlask
  panel: PanelName | undefined
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

type MenuParts = 'workflow' | 'draft' | 'editor' | 'onPanel'

function MoreMenu({ workflow, draft, editor, onPanel }: Pick<BuilderHeaderProps, MenuParts>) {
  const { t } = useTranslation('automation')
  const navigate = useNavigate()
  const change = useWorkflowChange()
  /** Where the header has no room for them; the width is that of `.wide`. */
  const isNarrow = useMediaQuery('(max-width: 900px)')
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
        {isNarrow && draft.problems.length > 0 && (
          <Menu.Item leftSection={<IconAlertTriangle size={14} />} onClick={() => onPanel('problems')}>
            {t('card.problems', { count: draft.problems.length })}
          </Menu.Item>
        )}
        {isNarrow &&
          panelsOfHeader.map(([name, Picture]) => (
            <Menu.Item key={name} leftSection={<Picture size={14} />} onClick={() => onPanel(name)}>
              {t(`panel.${name}`)}
            </Menu.Item>
          ))}
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
