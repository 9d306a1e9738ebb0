import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { ImportPreview, Job, ObjectMeta } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { Alike } from './Alike.tsx'
import { Counts } from './Counts.tsx'
import { columnName } from './columnNames.ts'
import classes from './ImportWizard.module.css'
import { editCell, type ImportDraft, importInput } from './importDraft.ts'
import { PreviewTable } from './PreviewTable.tsx'
import { hasEnded, useJob } from './useJob.ts'

interface PreviewStepProps {
  object: ObjectMeta
  preview: ImportPreview
  draft: ImportDraft
  onDraft: (draft: ImportDraft) => void
  onPreview: (preview: ImportPreview) => void
  onBack: () => void
  /** The import runs under this job. */
  onStarted: (jobId: string) => void
}

/** The first rows with what is wrong in them; a trial run over the whole file; then the import itself. */
export function PreviewStep({ object, preview, draft, onDraft, onPreview, onBack, onStarted }: PreviewStepProps) {
  const { t } = useTranslation('imports')
  const [trialId, setTrialId] = useState<string | null>(null)
  const { data: trial } = useJob(trialId)
  const check = useMutation({
    mutationFn: (next: ImportDraft) => client.imports.check(object.slug, importInput(next)),
    onSuccess: onPreview,
  })
  const tryOut = useMutation({
    mutationFn: () => client.imports.start(object.slug, importInput(draft, true)),
    onSuccess: ({ jobId }) => setTrialId(jobId),
  })
  const start = useMutation({
    mutationFn: () => client.imports.start(object.slug, importInput(draft)),
    onSuccess: ({ jobId }) => onStarted(jobId),
  })
  const edit = (line: number, column: number, value: string) => {
    const next = editCell(draft, line, column, value)
    onDraft(next)
    setTrialId(null)
    check.mutate(next)
  }
  const open = preview.columns.flatMap(({ index, numbers }) => {
    const key = draft.mapping[index]
    return key && numbers?.open ? [columnName(object, key, t)] : []
  })
  const error = check.error ?? tryOut.error ?? start.error
  const trying = tryOut.isPending || (trial !== undefined && !hasEnded(trial))
  return (
    <Stack gap="md">
      <Text size="sm" c={preview.summary.withErrors > 0 ? 'var(--mantine-color-error)' : 'dimmed'} aria-live="polite">
        {t(preview.summary.withErrors > 0 ? 'preview.withErrors' : 'preview.allGood', {
          count: preview.summary.withErrors,
          checked: preview.summary.checked,
        })}
      </Text>
      {open.length > 0 && (
        <Alert color="yellow" className={classes.warning}>
          {t('preview.open', { fields: open.join(', ') })}
        </Alert>
      )}
      <PreviewTable object={object} preview={preview} draft={draft} onEdit={edit} />
      {error && (
        <Alert color="red" role="alert">
          {errorText(error)}
        </Alert>
      )}
      {trial && hasEnded(trial) && <TrialResult object={object} trial={trial} />}
      <Group justify="space-between" className={classes.actions}>
        <Button variant="default" size="sm" onClick={onBack}>
          {t('preview.back')}
        </Button>
        <Group gap="xs">
          <Button variant="default" size="sm" loading={trying} onClick={() => tryOut.mutate()}>
            {t('preview.tryOut')}
          </Button>
          <Button size="sm" loading={start.isPending} onClick={() => start.mutate()}>
            {preview.rowCount === null ? t('preview.start') : t('preview.startRows', { count: preview.rowCount })}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}

function TrialResult({ object, trial }: { object: ObjectMeta; trial: Job }) {
  const { t } = useTranslation('imports')
  if (trial.status !== 'completed') {
    return (
      <Alert color="red" role="alert">
        {trial.errors[0]?.message ?? t('job.failed')}
      </Alert>
    )
  }
  return (
    <section aria-label={t('preview.trial')} className={classes.trial}>
      <Text size="sm" fw={600} mb="xs">
        {t('preview.trial')}
      </Text>
      <Counts result={trial.result ?? {}} />
      <Alike object={object} result={trial.result ?? {}} />
    </section>
  )
}
