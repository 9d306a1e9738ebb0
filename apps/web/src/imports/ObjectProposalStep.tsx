import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { ObjectProposal } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { refreshMetadata } from '../api/objects.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { IconPicker } from '../settings/IconPicker.tsx'
import classes from './ImportWizard.module.css'
import {
  type ObjectDraft,
  objectDraftOf,
  objectFromUpload,
  objectObstacle,
  titleChoices,
  withColumn,
  withPlural,
} from './objectDraft.ts'
import { ProposedColumns } from './ProposedColumns.tsx'

interface ObjectProposalStepProps {
  proposal: ObjectProposal
  /** Another sheet of the workbook was read. */
  onProposal: (proposal: ObjectProposal) => void
  onBack: () => void
}

/** What object the file would become, to be changed as one likes; then it is made and filled. */
export function ObjectProposalStep({ proposal, onProposal, onBack }: ObjectProposalStepProps) {
  const { t } = useTranslation('imports')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const taken = useWorkspace().objects.map(({ slug }) => slug)
  const [draft, setDraft] = useState(() => objectDraftOf(proposal))
  const start = useMutation({
    mutationFn: () => client.imports.startAsObject(objectFromUpload(draft, proposal)),
    onSuccess: async ({ jobId }) => {
      await refreshMetadata(cache)
      void navigate(paths.import(draft.slug, { job: jobId }))
    },
  })
  const obstacle = objectObstacle(draft, proposal, taken)
  return (
    <Stack gap="lg">
      <SourceFile proposal={proposal} onProposal={onProposal} />
      <Names draft={draft} proposal={proposal} taken={taken} onDraft={setDraft} />
      <ProposedColumns
        proposal={proposal}
        draft={draft}
        onColumn={(at, change) => setDraft(withColumn(draft, proposal, at, change))}
      />
      {obstacle && (
        <Alert color="yellow" className={classes.warning}>
          {t(`asObject.problem.${obstacle}`, { slug: draft.slug })}
        </Alert>
      )}
      {start.error && (
        <Alert color="red" role="alert">
          {errorText(start.error)}
        </Alert>
      )}
      <Group justify="space-between" className={classes.actions}>
        <Button variant="default" size="sm" onClick={onBack}>
          {t('match.otherFile')}
        </Button>
        <Button size="sm" disabled={obstacle !== null} loading={start.isPending} onClick={() => start.mutate()}>
          {proposal.rowCount === null
            ? t('asObject.start')
            : t('asObject.startRows', { count: proposal.rowCount, objects: draft.labelPlural })}
        </Button>
      </Group>
    </Stack>
  )
}

/** What was read, and which of its sheets. */
function SourceFile({ proposal, onProposal }: Pick<ObjectProposalStepProps, 'proposal' | 'onProposal'>) {
  const { t } = useTranslation('imports')
  const { uploadId, fileName, rowCount, columns, format } = proposal
  const readSheet = useMutation({
    mutationFn: (sheet: string) => client.imports.proposeSheet(uploadId, sheet),
    onSuccess: onProposal,
  })
  const rows = rowCount === null ? [] : [t('match.rows', { count: rowCount })]
  const sheets = format.sheets ?? []
  return (
    <>
      <Text size="sm" c="dimmed">
        {[fileName, ...rows, t('asObject.columns', { count: columns.length }), format.sheet]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {sheets.length > 1 && (
        <Select
          label={t('match.sheet')}
          maw={280}
          allowDeselect={false}
          data={sheets}
          value={format.sheet ?? null}
          disabled={readSheet.isPending}
          error={readSheet.error && errorText(readSheet.error)}
          onChange={(sheet) => sheet && readSheet.mutate(sheet)}
        />
      )}
    </>
  )
}

interface NamesProps {
  draft: ObjectDraft
  proposal: ObjectProposal
  taken: readonly string[]
  onDraft: (draft: ObjectDraft) => void
}

function Names({ draft, proposal, taken, onDraft }: NamesProps) {
  const { t } = useTranslation('imports')
  return (
    <div className={classes.names}>
      <IconPicker value={draft.icon} onChange={(icon) => onDraft({ ...draft, icon })} />
      <TextInput
        label={t('asObject.label')}
        value={draft.label}
        onChange={(event) => onDraft({ ...draft, label: event.currentTarget.value })}
      />
      <TextInput
        label={t('asObject.labelPlural')}
        value={draft.labelPlural}
        onChange={(event) => onDraft(withPlural(draft, event.currentTarget.value, taken))}
      />
      <TextInput
        label={t('asObject.slug')}
        value={draft.slug}
        onChange={(event) => onDraft({ ...draft, slug: event.currentTarget.value })}
      />
      <Select
        label={t('asObject.titleField')}
        allowDeselect={false}
        data={titleChoices(draft, proposal)}
        value={draft.title}
        onChange={(title) => title && onDraft({ ...draft, title })}
      />
    </div>
  )
}
