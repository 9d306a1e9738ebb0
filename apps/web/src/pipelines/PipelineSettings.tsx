import { ActionIcon, Anchor, Badge, Button, Group, Menu, Stack, Text } from '@mantine/core'
import { ApiError, type ObjectMeta, type Pipeline, type Stage } from '@oneforge/client'
import { IconArchive, IconChartFunnel, IconDots, IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { paths } from '../paths.ts'
import { RemovalDialog } from '../settings/RemovalDialog.tsx'
import { SortableList } from '../settings/SortableList.tsx'
import { showError } from '../ui/toast.tsx'
import { useTellWithUndo } from '../versions/versions.ts'
import { PipelineForm } from './PipelineForm.tsx'
import classes from './PipelineSettings.module.css'
import { usePipelineChange } from './pipelines.ts'
import { ReplaceDialog } from './ReplaceDialog.tsx'
import { StageDrawer } from './StageDrawer.tsx'
import { StageRow } from './StageRow.tsx'
import { stageInput } from './stageInput.ts'

interface PipelineSettingsProps {
  object: ObjectMeta
  editable: boolean
}

/** The pipelines of an object with their stages, each put in order by dragging or with the keyboard. */
export function PipelineSettings({ object, editable }: PipelineSettingsProps) {
  const { t } = useTranslation('pipelinesettings')
  const [making, setMaking] = useState(false)
  const order = usePipelineChange(object.slug, (keys: string[]) => client.pipelines.order(object.slug, keys))
  return (
    <Stack gap="lg">
      <Group justify="space-between" wrap="nowrap" align="flex-end">
        <Text size="sm" c="dimmed">
          {t('explanation')} <HelpButton topic="pipeline" />
        </Text>
        {editable && (
          <Button
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ flex: 'none' }}
            onClick={() => setMaking(true)}
          >
            {t('add')}
          </Button>
        )}
      </Group>
      {object.pipelines.length === 0 && <Text size="sm">{t('none')}</Text>}
      <SortableList
        items={object.pipelines}
        idOf={({ key }) => key}
        labelOf={({ label }) => label}
        disabled={!editable || object.pipelines.length < 2}
        onMove={(next) =>
          order.mutate(
            next.map(({ key }) => key),
            { onError: showError },
          )
        }
      >
        {(pipeline) => <PipelineCard object={object} pipeline={pipeline} editable={editable} />}
      </SortableList>
      {making && <PipelineForm object={object} onClose={() => setMaking(false)} />}
    </Stack>
  )
}

interface Change {
  stages: Stage[]
  replace?: Record<string, string | null>
}

interface PipelineCardProps {
  object: ObjectMeta
  pipeline: Pipeline
  editable: boolean
}

function PipelineCard({ object, pipeline, editable }: PipelineCardProps) {
  const { t } = useTranslation(['pipelinesettings', 'pipelines'])
  const [editing, setEditing] = useState<Stage | 'new'>()
  const [renaming, setRenaming] = useState(false)
  const [removing, setRemoving] = useState<Stage>()
  const [going, setGoing] = useState<{ stages: Stage[]; leaving: Stage[] }>()
  const { slug } = object
  const change = usePipelineChange(slug, ({ stages, replace }: Change) =>
    client.pipelines.update(slug, pipeline.key, { stages: stages.map(stageInput), ...(replace ? { replace } : {}) }),
  )
  const field = object.fields.find(({ key }) => key === pipeline.field)
  const tell = useTellWithUndo()

  const tellRemoval = (stages: Stage[]) => {
    const gone = pipeline.stages.find(({ value }) => !stages.some((stage) => stage.value === value))
    if (gone) void tell(t('stageRemoved', { stage: gone.label }))
  }

  /** Stages that records stand in come back as a question: where do these go? */
  const save = (stages: Stage[]) =>
    change.mutate(
      { stages },
      {
        onSuccess: () => tellRemoval(stages),
        onError: (error) => {
          const asked = error instanceof ApiError && error.status === 409 ? error.details : []
          const leaving = pipeline.stages.filter(({ value }) => asked.some((one) => one.field === `replace.${value}`))
          if (leaving.length > 0) setGoing({ stages, leaving })
          else showError(error)
        },
      },
    )

  const without = (stage: Stage) => pipeline.stages.filter(({ value }) => value !== stage.value)
  const dependentsOf = (stage: Stage) => client.objects.optionDependents(slug, pipeline.field, stage.value)
  /** Only where something names the stage is there anything to be told. */
  const askToRemove = async (stage: Stage) => {
    const { dependents } = await dependentsOf(stage)
    if (dependents.length > 0) setRemoving(stage)
    else save(without(stage))
  }

  return (
    <section className={classes.pipeline} aria-label={pipeline.label}>
      <Group gap="xs" wrap="nowrap" className={classes.head}>
        <Text fw={600} size="sm" truncate>
          {pipeline.label}
        </Text>
        {pipeline.main && (
          <Badge size="xs" variant="default">
            {t('main')}
          </Badge>
        )}
        <Text size="xs" c="dimmed" ms="auto" truncate className={classes.field}>
          {t('field', { field: field?.label ?? pipeline.field })}
        </Text>
        <Anchor component={Link} to={paths.figures(slug, pipeline.key)} size="xs" className={classes.figures}>
          <IconChartFunnel size={13} aria-hidden />
          {t('pipelines:figures.title')}
        </Anchor>
        {editable && <PipelineMenu object={object} pipeline={pipeline} onRename={() => setRenaming(true)} />}
      </Group>
      <SortableList
        items={pipeline.stages}
        idOf={({ value }) => value}
        labelOf={({ label }) => label}
        disabled={!editable}
        onMove={save}
      >
        {(stage) => (
          <StageRow
            stage={stage}
            editable={editable}
            onEdit={() => setEditing(stage)}
            onRemove={pipeline.stages.length > 1 ? () => void askToRemove(stage).catch(showError) : undefined}
          />
        )}
      </SortableList>
      {editable && (
        <Button variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEditing('new')}>
          {t('addStage')}
        </Button>
      )}
      {editing && (
        <StageDrawer
          object={object}
          pipeline={pipeline}
          stage={editing === 'new' ? null : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {renaming && <PipelineForm object={object} pipeline={pipeline} onClose={() => setRenaming(false)} />}
      {removing && (
        <RemovalDialog
          kind="stage"
          name={removing.label}
          thing={[slug, pipeline.field, removing.value]}
          ask={() => dependentsOf(removing)}
          onRemove={async () => save(without(removing))}
          onClose={() => setRemoving(undefined)}
        />
      )}
      {going && (
        <ReplaceDialog
          {...going}
          mayEmpty={!pipeline.main}
          onClose={() => setGoing(undefined)}
          onReplace={async (replace) => {
            await change.mutateAsync({ stages: going.stages, replace })
            setGoing(undefined)
            tellRemoval(going.stages)
          }}
        />
      )}
    </section>
  )
}

function PipelineMenu({
  object,
  pipeline,
  onRename,
}: {
  object: ObjectMeta
  pipeline: Pipeline
  onRename: () => void
}) {
  const { t } = useTranslation('pipelinesettings')
  const [removing, setRemoving] = useState(false)
  const remove = usePipelineChange(object.slug, () => client.pipelines.remove(object.slug, pipeline.key))
  const tell = useTellWithUndo()
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('actions', { pipeline: pipeline.label })}>
            <IconDots size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={14} />} onClick={onRename}>
            {t('rename')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconArchive size={14} />} onClick={() => setRemoving(true)}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {removing && (
        <RemovalDialog
          kind="pipeline"
          name={pipeline.label}
          thing={[object.slug, pipeline.key]}
          ask={async () => ({ ...(await client.objects.fieldDependents(object.slug, pipeline.field)), dependents: [] })}
          onRemove={async () => {
            await remove.mutateAsync(undefined)
            await tell(t('removed', { pipeline: pipeline.label }))
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  )
}
