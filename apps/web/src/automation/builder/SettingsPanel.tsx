import { Stack, Textarea } from '@mantine/core'
import type { WorkflowDetail, WorkflowVocabulary } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { useColleagues } from '../../api/workspace.ts'
import { LabelInputs } from '../../settings/LabelInputs.tsx'
import { Select } from '../../ui/Select.tsx'
import { FolderInput } from '../list/FolderInput.tsx'
import { useWorkflowChange } from '../queries.ts'
import type { Draft } from './useDraft.ts'

interface SettingsPanelProps {
  workflow: WorkflowDetail
  draft: Draft
  vocabulary: WorkflowVocabulary | undefined
}

/** What it is called, who answers for it, where it is kept and with whose rights it acts. */
export function SettingsPanel({ workflow, draft, vocabulary }: SettingsPanelProps) {
  const { t } = useTranslation('automation')
  const { flow } = draft
  const change = useWorkflowChange()
  const people = useColleagues(workflow.owner?.id)
  const [folder, setFolder] = useState(workflow.folder ?? '')
  const set = (parts: Partial<typeof flow>, part: string) => draft.change({ ...flow, ...parts }, `settings ${part}`)
  return (
    <Stack gap="md">
      <LabelInputs label={t('settings.label')} value={flow.label} onChange={(label) => set({ label }, 'label')} />
      <Textarea
        size="sm"
        autosize
        minRows={2}
        label={t('settings.description')}
        value={flow.description ?? ''}
        onChange={(event) => set({ description: event.currentTarget.value }, 'description')}
      />
      <Select
        label={t('settings.runAs')}
        description={t('settings.runAsHelp')}
        allowDeselect={false}
        value={flow.runAs ?? 'system'}
        data={[
          { value: 'system', label: t('settings.system') },
          ...(vocabulary?.roles.map(({ key, label }) => ({ value: key, label })) ?? []),
        ]}
        onChange={(role) => {
          const { runAs: _, ...rest } = flow
          draft.change(role && role !== 'system' ? { ...rest, runAs: role } : rest)
        }}
      />
      <Select
        label={t('settings.owner')}
        searchable
        clearable
        value={workflow.owner?.id ?? null}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(ownerId) => change.mutate(() => client.workflows.update(workflow.id, { ownerId }))}
      />
      <FolderInput
        value={folder}
        onChange={setFolder}
        onDone={() => {
          if (folder === (workflow.folder ?? '')) return
          change.mutate(() => client.workflows.update(workflow.id, { folder: folder || null }))
        }}
      />
    </Stack>
  )
}
