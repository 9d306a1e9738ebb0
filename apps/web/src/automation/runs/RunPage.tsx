import { Alert, Anchor, Button, Group, Menu, Skeleton, Stack, Text } from '@mantine/core'
import type { WorkflowRunDetail } from '@oneforge/client'
import { IconArrowLeft, IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { client } from '../../api/client.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatDateTime } from '../../fields/format.ts'
import { OptionBadge } from '../../fields/OptionBadge.tsx'
import { paths } from '../../paths.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import builder from '../builder/builder.module.css'
import { type FlowWords, useFlowWords } from '../canvas/useFlowWords.tsx'
import { triggerId } from '../flow/layout.ts'
import { findStep } from '../flow/tree.ts'
import { useRun, useVocabulary, useWorkflowChange } from '../queries.ts'
import panel from '../step/step.module.css'
import { CameIn } from './CameIn.tsx'
import { RunSteps } from './RunSteps.tsx'
import { StepData } from './StepData.tsx'
import { stateColors, statesOf, waysOf } from './states.ts'

const FlowCanvas = onDemand(async () => (await import('../canvas/FlowCanvas.tsx')).FlowCanvas)

/** One run on its canvas: how far each step came, with what, and from where it can be done again. */
export default function RunPage() {
  const { run: id = '' } = useParams()
  const { data: run, error } = useRun(id)
  if (error && !run) return <PageError error={error} />
  return run ? <Run run={run} /> : <Skeleton m="lg" height={480} />
}

const noProblems = new Map<string, number>()
const nothing = () => undefined

function Run({ run }: { run: WorkflowRunDetail }) {
  const { t } = useTranslation('automation')
  const { data: vocabulary } = useVocabulary(run.definition.object)
  const words = useFlowWords(run.definition, vocabulary)
  const [selected, setSelected] = useState<string>(
    () => run.steps.find(({ state }) => state === 'failed' || state === 'waiting')?.step ?? triggerId,
  )
  const context = useFormatContext()
  const { label } = run.workflow
  // Without a record one run is told from another by when it began.
  const about = run.record?.title ?? formatDateTime(run.createdAt, context)
  return (
    <div className={builder.page}>
      <PageHeader
        before={
          <Anchor component={Link} to={paths.workflow(run.workflow.id)} c="dimmed" aria-label={t('run.back')}>
            <IconArrowLeft size={16} aria-hidden />
          </Anchor>
        }
        documentTitle={`${label} · ${about}`}
        title={
          <>
            {label}
            {' · '}
            {run.record ? (
              <Anchor component={Link} to={paths.record(run.record.object, run.record.id)} inherit underline="always">
                {about}
              </Anchor>
            ) : (
              about
            )}
          </>
        }
      >
        <OptionBadge label={t(`state.${run.state}`)} color={stateColors[run.state]} />
        <RunActions run={run} selected={selected} />
      </PageHeader>
      <div className={builder.body}>
        <FlowCanvas
          flow={run.definition}
          words={words}
          editable={false}
          selected={selected}
          problems={noProblems}
          overlay={{ states: statesOf(run.steps), ways: waysOf(run.definition.steps, run.steps) }}
          select={setSelected}
          open={setSelected}
          add={nothing}
        />
        <RunFacts run={run} words={words} selected={selected} onSelect={setSelected} />
      </div>
    </div>
  )
}

function RunActions({ run, selected }: { run: WorkflowRunDetail; selected: string }) {
  const { t } = useTranslation('automation')
  const navigate = useNavigate()
  const change = useWorkflowChange()
  const isOpen = run.state === 'ready' || run.state === 'waiting'
  const at = run.steps.find(({ step }) => step === selected)
  const replay = (input: { fromPath?: string; version?: 'own' | 'latest' }) =>
    change.mutate(async () => {
      const next = await client.workflowRuns.replay(run.id, input)
      await navigate(paths.workflowRun(run.workflow.id, next.id))
    })
  if (isOpen) {
    return (
      <Button
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate(() => client.workflowRuns.stop(run.id))}
      >
        {t('run.stop')}
      </Button>
    )
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />} loading={change.isPending}>
          {t('run.replay')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => replay({})}>{t('run.replayOwn')}</Menu.Item>
        <Menu.Item onClick={() => replay({ version: 'latest' })}>{t('run.replayLatest')}</Menu.Item>
        {at && <Menu.Item onClick={() => replay({ fromPath: at.path })}>{t('run.replayFrom')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  )
}

interface RunFactsProps {
  run: WorkflowRunDetail
  words: FlowWords
  selected: string
  onSelect: (id: string) => void
}

/** Of the run as a whole where its beginning is looked at, else of one step. */
function RunFacts({ run, words, selected, onSelect }: RunFactsProps) {
  const { t } = useTranslation('automation')
  const context = useFormatContext()
  const step = findStep(run.definition.steps, selected)
  const rows = run.steps.filter((row) => row.step === selected)
  const title = step ? step.name || t(`step.${step.type}`) : t('run.facts')
  return (
    <aside className={panel.panel} data-below aria-label={title}>
      <div className={panel.head}>
        <h2 className={panel.heading}>{title}</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section className={panel.body} tabIndex={0} aria-label={title}>
        <Stack gap="sm">
          {step ? (
            rows.map((row) => <StepData key={row.path} step={row} />)
          ) : (
            <>
              {run.error && (
                <Alert color="red" p="xs" role="status">
                  {run.error}
                </Alert>
              )}
              <Text size="sm">
                {t('run.startedBy', { trigger: t(`triggerName.${run.startedBy}`, { defaultValue: run.startedBy }) })}
              </Text>
              <Text size="sm">{formatDateTime(run.createdAt, context)}</Text>
              {run.wakeAt && run.state === 'waiting' && (
                <Text size="sm">{t('run.wakes', { moment: formatDateTime(run.wakeAt, context) })}</Text>
              )}
              <Group gap={4}>
                <Text size="xs" c="dimmed">
                  {t('version.name', { version: run.version })}
                </Text>
              </Group>
              <CameIn run={run} />
              <RunSteps done={run.steps} steps={run.definition.steps} words={words} onSelect={onSelect} />
            </>
          )}
          {rows.some(({ state }) => state === 'failed') && (
            <Button component={Link} to={paths.workflow(run.workflow.id, { step: selected })} variant="default">
              {t('run.mend')}
            </Button>
          )}
          {step && rows.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('run.notReached')}
            </Text>
          )}
        </Stack>
      </section>
    </aside>
  )
}
