import { Alert, Anchor, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import type { WorkflowDetail } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../../api/client.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDate, formatDateTime } from '../../fields/format.ts'
import { paths } from '../../paths.ts'
import { showError } from '../../ui/toast.tsx'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import { crossingsOf, stillPossible } from '../flow/assumed.ts'
import { readBody } from '../flow/callBody.ts'
import { findStep } from '../flow/tree.ts'
import { StepData } from '../runs/StepData.tsx'
import { RecordSelect } from '../step/RecordSelect.tsx'
import { AssumedOutcomes } from './AssumedOutcomes.tsx'
import classes from './builder.module.css'
import type { Draft } from './useDraft.ts'
import { useNewestRecord } from './useNewestRecord.ts'
import type { Trial } from './useTrial.ts'

interface TestPanelProps {
  workflow: WorkflowDetail
  draft: Draft
  /** The card that is looked at. */
  selected: string
  trial: Trial
  words: FlowWords
  /** What is wrong keeps it from being tried. */
  onProblems: () => void
}

/** Tries the draft: with one record step by step, and over what happened lately. Nothing of it is done. */
export function TestPanel({ workflow, draft, selected, trial, words, onProblems }: TestPanelProps) {
  const { t } = useTranslation('automation')
  const { object, steps: drawn, trigger } = draft.flow
  const { trace, assumed } = trial
  const [newest] = useNewestRecord(object)
  const recordId = trial.recordId ?? newest
  const crossings = crossingsOf(drawn)
  const sent = trigger.type === 'webhook_received' ? readBody(trial.body) : undefined
  const isBroken = sent !== undefined && 'broken' in sent
  const test = useMutation({
    mutationFn: async () => {
      if (!(await isSound(draft, onProblems))) return undefined
      const assume = stillPossible(assumed, crossings)
      const called = sent && 'body' in sent && { trigger: sent }
      return client.workflows.test(workflow.id, { draft: true, assume, ...called, ...(recordId && { recordId }) })
    },
    onSuccess: trial.setTrace,
    onError: showError,
  })
  /** Those of the card that is looked at; of the trigger's, all of them. */
  const steps = trace?.steps.filter(({ step }) => step === selected) ?? []
  const nameOf = (id: string) => {
    const step = findStep(drawn, id)
    return step ? words.title(step) : id
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('test.explanation')}
      </Text>
      {object && (
        <RecordSelect
          label={t('test.record')}
          object={object}
          value={recordId}
          onChange={(id) => trial.choose(id ?? undefined)}
        />
      )}
      {sent && (
        <Textarea
          label={t('test.body')}
          description={t('test.bodyHelp')}
          autosize
          minRows={3}
          maxRows={12}
          spellCheck={false}
          value={trial.body}
          error={isBroken && t('test.bodyBroken')}
          onChange={(event) => trial.send(event.currentTarget.value)}
        />
      )}
      <AssumedOutcomes crossings={crossings} assumed={assumed} words={words} onAssume={trial.assume} />
      <Button
        disabled={isBroken || (object !== undefined && !recordId)}
        loading={test.isPending}
        onClick={() => test.mutate()}
      >
        {t('test.start')}
      </Button>
      {trace && (
        <section aria-label={t('test.result')} className={classes.result}>
          <Alert color={trace.error ? 'red' : trace.passes ? 'green' : 'yellow'} role="status" p="xs">
            {trace.error ?? t(trace.passes ? 'test.passes' : 'test.doesNotPass')}
          </Alert>
          {(steps.length > 0 ? steps : trace.steps).map((step) => (
            <StepData key={step.path} step={step} title={nameOf(step.step)} assumed={step.assumed} />
          ))}
        </section>
      )}
      <DryRun workflow={workflow} draft={draft} onProblems={onProblems} />
    </Stack>
  )
}

/** Saves what is shown; leads to what is wrong with it, if anything is. */
async function isSound(draft: Draft, onProblems: () => void): Promise<boolean> {
  const problems = await draft.save()
  if (problems && problems.length > 0) onProblems()
  return problems?.length === 0
}

/** How often it would have run lately. */
function DryRun({ workflow, draft, onProblems }: Pick<TestPanelProps, 'workflow' | 'draft' | 'onProblems'>) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  const run = useMutation({
    mutationFn: async () => {
      if (!(await isSound(draft, onProblems))) return undefined
      return client.workflows.dryRun(workflow.id, { days: 30, draft: true })
    },
    onError: showError,
  })
  const { data } = run
  const most = Math.max(1, ...(data?.days.map(({ count }) => count) ?? []))
  return (
    <section aria-label={t('dryRun.title')} className={classes.result}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {t('dryRun.title')}
        </Text>
        <Button variant="default" loading={run.isPending} onClick={() => run.mutate()}>
          {t('dryRun.start')}
        </Button>
      </Group>
      {data && (
        <>
          <Text size="sm" role="status">
            {t('dryRun.total', { count: data.total })} {data.remark}
          </Text>
          <div className={classes.bars} aria-hidden>
            {data.days.map(({ day, count }) => (
              <span
                key={day}
                title={`${formatDate(day, context.locale)}: ${count}`}
                style={{ height: `${(count / most) * 100}%` }}
              />
            ))}
          </div>
          <ul className={classes.plain}>
            {data.examples.map(({ at, record }) => (
              <li key={`${at} ${record.id}`}>
                <Anchor component={Link} to={paths.record(record.object, record.id)} inherit underline="always">
                  {record.title}
                </Anchor>{' '}
                · {formatDateTime(at, context)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
