import { Button, Group, SegmentedControl, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import type { WorkflowSummary } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { client } from '../../api/client.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { paths } from '../../paths.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Select } from '../../ui/Select.tsx'
import { blankFlow } from '../flow/blank.ts'
import type { Flow } from '../flow/flow.ts'
import { useWorkflowChange } from '../queries.ts'
import { FolderInput } from './FolderInput.tsx'
import classes from './list.module.css'
import { readyMade } from './readyMade.ts'

const ways = ['blank', 'ready', 'copy'] as const
type Way = (typeof ways)[number]

interface NewWorkflowProps {
  workflows: WorkflowSummary[]
  onClose: () => void
}

/** A workflow from nothing, from one that is ready-made, or like another one. It is off until it is published. */
export function NewWorkflow({ workflows, onClose }: NewWorkflowProps) {
  const { t } = useTranslation('automation')
  const navigate = useNavigate()
  const [way, setWay] = useState<Way>('blank')
  const change = useWorkflowChange()
  const make = (send: () => Promise<{ id: string }>) =>
    change.mutate(async () => {
      const { id } = await send()
      await navigate(paths.workflow(id))
    })
  return (
    <Modal opened onClose={onClose} title={t('new.title')} size="lg">
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          aria-label={t('new.title')}
          value={way}
          onChange={(next) => setWay(next as Way)}
          data={ways.map((one) => ({ value: one, label: t(`new.${one}`) }))}
        />
        {way === 'blank' && (
          <Blank
            pending={change.isPending}
            onMake={(definition, folder) =>
              make(() => client.workflows.create({ definition, enabled: false, ...(folder && { folder }) }))
            }
          />
        )}
        {way === 'ready' && (
          <ReadyMade onTake={(definition) => make(() => client.workflows.create({ definition, enabled: false }))} />
        )}
        {way === 'copy' && (
          <ul className={classes.choices}>
            {workflows.map(({ id, label, description }) => (
              <li key={id}>
                <Choice
                  title={label}
                  text={description ?? ''}
                  onChoose={() => make(() => client.workflows.duplicate(id))}
                />
              </li>
            ))}
            {workflows.length === 0 && <Text size="sm">{t('new.nothingToCopy')}</Text>}
          </ul>
        )}
      </Stack>
    </Modal>
  )
}

function Blank({ pending, onMake }: { pending: boolean; onMake: (flow: Flow, folder: string) => void }) {
  const { t, i18n } = useTranslation('automation')
  const { objects } = useWorkspace()
  const [label, setLabel] = useState('')
  const [object, setObject] = useState<string | null>(objects[0]?.slug ?? null)
  const [folder, setFolder] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onMake(blankFlow(label.trim(), i18n.language, object), folder.trim())
      }}
    >
      <Stack gap="md">
        <TextInput
          data-autofocus
          required
          label={t('settings.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <Select
          label={t('trigger.object')}
          description={t('trigger.objectHelp')}
          clearable
          searchable
          placeholder={t('trigger.noObject')}
          value={object}
          data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
          onChange={setObject}
        />
        <FolderInput value={folder} onChange={setFolder} />
        <Group justify="flex-end">
          <Button type="submit" disabled={label.trim() === ''} loading={pending}>
            {t('new.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function ReadyMade({ onTake }: { onTake: (flow: Flow) => void }) {
  const { t, i18n } = useTranslation('automation')
  const { objects } = useWorkspace()
  const fitting = readyMade.filter(({ object }) => objects.some(({ slug }) => slug === object))
  if (fitting.length === 0) return <Text size="sm">{t('new.noneFits')}</Text>
  return (
    <ul className={classes.choices}>
      {fitting.map((flow) => (
        <li key={flow.key}>
          <Choice
            title={flow.label[i18n.language] ?? flow.label.en}
            text={t(`ready.${flow.key}`)}
            onChoose={() => onTake({ ...flow, key: '', description: t(`ready.${flow.key}`) })}
          />
        </li>
      ))}
    </ul>
  )
}

function Choice({ title, text, onChoose }: { title: string; text: string; onChoose: () => void }) {
  return (
    <UnstyledButton className={classes.choice} onClick={onChoose}>
      <span className={classes.name}>{title}</span>
      {text && <span className={classes.about}>{text}</span>}
    </UnstyledButton>
  )
}
