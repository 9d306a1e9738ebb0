import { Alert, Button, Group, Progress, Stack, Table, Text, Title } from '@mantine/core'
import type { Job, ObjectMeta } from '@oneforge/client'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshLists } from '../api/recordCache.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import { Alike } from './Alike.tsx'
import { Counts } from './Counts.tsx'
import { columnName } from './columnNames.ts'
import classes from './ImportWizard.module.css'
import { hasEnded, useJob } from './useJob.ts'
import { undoableOf, useUndoImport } from './useUndoImport.tsx'

interface JobStepProps {
  object: ObjectMeta
  jobId: string
  /** Another job is to be watched: the undoing of this import. */
  onWatch: (jobId: string) => void
  onAgain: () => void
}

/** The import while it runs and what came of it; the same for its undoing. */
export function JobStep({ object, jobId, onWatch, onAgain }: JobStepProps) {
  const cache = useQueryClient()
  const { data: job, error } = useJob(jobId)
  const ended = job !== undefined && hasEnded(job)
  const objectRemoved = job?.result?.objectRemoved === true

  useEffect(() => {
    if (ended) refreshLists(cache, object.slug)
    if (objectRemoved) void cache.invalidateQueries({ queryKey: keys.workspace() })
  }, [ended, objectRemoved, cache, object.slug])

  if (error && !job) return <PageError error={error} />
  if (!job) return null
  return ended ? <JobResult job={job} object={object} onWatch={onWatch} onAgain={onAgain} /> : <JobProgress job={job} />
}

function isUndo(job: Job): boolean {
  return job.type.includes('undo')
}

function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation('imports')
  const cancel = useMutation({ mutationFn: () => client.jobs.cancel(job.id), onError: showError })
  return (
    <Stack gap="sm" maw={560}>
      <Text fw={600} aria-live="polite">
        {t(isUndo(job) ? 'job.undoing' : 'job.running', { progress: Math.round(job.progress) })}
      </Text>
      <Progress value={job.progress} aria-label={t('job.progress')} transitionDuration={300} />
      <Text size="sm" c="dimmed">
        {t('job.leave')}
      </Text>
      {!isUndo(job) && (
        <Button
          variant="default"
          size="sm"
          style={{ alignSelf: 'flex-start' }}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t('job.cancel')}
        </Button>
      )}
    </Stack>
  )
}

type JobResultProps = Omit<JobStepProps, 'jobId'> & { job: Job }

function JobResult({ job, object, onWatch, onAgain }: JobResultProps) {
  const { t } = useTranslation('imports')
  const cache = useQueryClient()
  const { confirmUndo, undoing } = useUndoImport(onWatch)
  const resume = useMutation({
    mutationFn: () => client.jobs.resume(job.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['jobs', job.id] }),
    onError: showError,
  })
  const result = job.result ?? {}
  const importId = result.importId
  return (
    <Stack gap="md">
      <Title order={2} size="h4" aria-live="polite">
        {t(`job.${isUndo(job) ? 'undo' : 'import'}.${job.status}`)}
      </Title>
      <Counts result={result} undo={isUndo(job)} />
      {result.objectRemoved !== undefined && (
        <Text size="sm">
          {t(result.objectRemoved ? 'job.objectRemoved' : 'job.objectKept', { objects: object.labelPlural })}
        </Text>
      )}
      {job.status !== 'completed' && job.errors[0] && job.errors[0].line === undefined && (
        <Alert color="red" role="alert">
          {job.errors[0].message}
        </Alert>
      )}
      {!isUndo(job) && <Alike object={object} result={result} />}
      <RefusedRows job={job} object={object} />
      <Group gap="xs" className={classes.actions}>
        {!result.objectRemoved && (
          <Button size="sm" component={Link} to={paths.list(object.slug, { sort: '-createdAt' })}>
            {t('job.open', { objects: object.labelPlural })}
          </Button>
        )}
        {job.status !== 'completed' && !isUndo(job) && (
          <Button size="sm" variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
            {t('job.resume')}
          </Button>
        )}
        {importId && result.undoable !== false && !isUndo(job) && (
          <Button
            size="sm"
            variant="default"
            loading={undoing}
            onClick={() => confirmUndo(undoableOf(importId, result))}
          >
            {t(result.createsObject ? 'undo.everything' : 'undo.action')}
          </Button>
        )}
        {result.objectRemoved ? (
          <Button size="sm" variant="default" component={Link} to={paths.import()}>
            {t('job.again')}
          </Button>
        ) : (
          <Button size="sm" variant="subtle" onClick={onAgain}>
            {t('job.again')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** The first refused rows with the reason; all of them as a file to mend and import again. */
function RefusedRows({ job, object }: { job: Job; object: ObjectMeta }) {
  const { t } = useTranslation('imports')
  const rows = job.errors.filter(({ line }) => line !== undefined).slice(0, 20)
  if (rows.length === 0 && !job.result?.refused) return null
  const title = t(isUndo(job) ? 'refused.kept' : 'refused.title')
  return (
    <section aria-label={title}>
      <Group justify="space-between" mb="xs">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        {!isUndo(job) && (
          <Button
            component="a"
            href={client.jobs.refusedUrl(job.id)}
            download
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
          >
            {t('refused.download')}
          </Button>
        )}
      </Group>
      <div className={classes.tableFrame}>
        <Table verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={classes.line}>{t('preview.line')}</Table.Th>
              <Table.Th>{t('refused.field')}</Table.Th>
              <Table.Th>{t('refused.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.line}-${row.field}`}>
                <Table.Td className={classes.line}>{row.line}</Table.Td>
                <Table.Td>{row.field && columnName(object, row.field, t)}</Table.Td>
                <Table.Td>{row.message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  )
}
