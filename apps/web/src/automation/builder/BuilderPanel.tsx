import { Text } from '@mantine/core'
import type { ObjectMeta, WorkflowDetail, WorkflowVocabulary } from '@oneforge/client'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import { triggerId } from '../flow/layout.ts'
import { findStep } from '../flow/tree.ts'
import { FormContext, type FormState } from '../step/formContext.ts'
import { RecordSelect } from '../step/RecordSelect.tsx'
import { StepForm } from '../step/StepForm.tsx'
import classes from '../step/step.module.css'
import { TriggerForm } from '../step/TriggerForm.tsx'
import { ProblemList } from './ProblemList.tsx'
import type { Compared, PanelName } from './panels.ts'
import { markOf, problemAt } from './problems.ts'
import { RunsPanel } from './RunsPanel.tsx'
import { SettingsPanel } from './SettingsPanel.tsx'
import { TestPanel } from './TestPanel.tsx'
import type { Draft } from './useDraft.ts'
import type { FlowEditor } from './useFlowEditor.ts'
import { useNewestRecord } from './useNewestRecord.ts'
import type { Trial } from './useTrial.ts'
import { VersionsPanel } from './VersionsPanel.tsx'

interface BuilderPanelProps {
  panel: PanelName
  workflow: WorkflowDetail
  draft: Draft
  editor: FlowEditor
  vocabulary: WorkflowVocabulary | undefined
  object: ObjectMeta | undefined
  words: FlowWords
  trial: Trial
  compared: Compared | undefined
  /** Set anew when the keys are to go on in the form. */
  entered: object | undefined
  onPanel: (panel: PanelName | undefined) => void
  /** Leads to the card of a problem. */
  onProblem: (mark: string) => void
  onCompare: (compared: Compared | undefined) => void
}

/** What stands beside the canvas. */
export function BuilderPanel(props: BuilderPanelProps) {
  const { panel, workflow, draft, editor, words, trial, compared, entered, onPanel, onProblem, onCompare } = props
  const { t } = useTranslation('automation')
  const step = findStep(draft.flow.steps, editor.selected)
  const close = () => onPanel(undefined)
  const leave = () => focusCard(editor.selected)
  if (panel === 'problems') {
    const { problems, flow } = draft
    return (
      <Panel title={t('panel.problems')} onClose={close} onLeave={leave}>
        {problems.length === 0 && <Text size="sm">{t('problems.none')}</Text>}
        <ProblemList {...{ problems, words, onProblem }} steps={flow.steps} focused />
      </Panel>
    )
  }
  if (panel === 'test') {
    return (
      <Panel title={t('panel.test')} onClose={close} onLeave={leave}>
        <TestPanel
          {...{ workflow, draft, trial, words }}
          selected={editor.selected}
          onProblems={() => onPanel('problems')}
        />
      </Panel>
    )
  }
  if (panel === 'runs') {
    return (
      <Panel title={t('panel.runs')} onClose={close} onLeave={leave}>
        <RunsPanel workflow={workflow} />
      </Panel>
    )
  }
  if (panel === 'versions') {
    return (
      <Panel title={t('panel.versions')} onClose={close} onLeave={leave}>
        <VersionsPanel workflow={workflow} draft={draft} compared={compared} onCompare={onCompare} />
      </Panel>
    )
  }
  if (panel === 'settings') {
    return (
      <Panel title={t('panel.settings')} onClose={close} onLeave={leave}>
        <SettingsPanel {...props} />
      </Panel>
    )
  }
  if (!step && editor.selected !== triggerId) return null
  return (
    <Panel title={step ? t(`step.${step.type}`) : t('trigger.title')} onClose={close} entered={entered} onLeave={leave}>
      <StepPart {...props} />
    </Panel>
  )
}

interface PanelProps {
  title: string
  onClose: () => void
  /** Set anew when the keys are to go on in it. */
  entered?: object | undefined
  /** Escape leads out of it again. */
  onLeave?: () => void
  children: ReactNode
}

export function Panel({ title, onClose, entered, onLeave, children }: PanelProps) {
  const { t } = useTranslation('automation')
  const body = useRef<HTMLElement>(null)
  useEffect(() => {
    const wrong = entered && body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const first = entered && body.current?.querySelector<HTMLElement>('input, textarea')
    ;(wrong || first)?.focus()
  }, [entered])

  function onKeyDown({ key, target }: KeyboardEvent): void {
    // In an open list the key closes that.
    const isList = target instanceof HTMLElement && target.ariaExpanded === 'true'
    if (key === 'Escape' && !isList) onLeave?.()
  }

  return (
    <aside className={classes.panel} aria-label={title} onKeyDown={onKeyDown}>
      <div className={classes.head}>
        <h2 className={classes.heading}>{title}</h2>
        <IconButton label={t('act.closePanel')} onClick={onClose}>
          <IconX size={16} />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section ref={body} className={classes.body} tabIndex={0} aria-label={title}>
        {children}
      </section>
    </aside>
  )
}

function focusCard(id: string): void {
  document.querySelector<HTMLElement>(`[data-mark="${CSS.escape(id)}"]`)?.focus()
}

/** The form of the selected card, and with which record its values are shown. */
function StepPart({ workflow, draft, editor, vocabulary, object }: BuilderPanelProps) {
  const { t } = useTranslation('automation')
  const { flow, problems } = draft
  const [recordId, setRecordId] = useNewestRecord(flow.object)
  const step = findStep(flow.steps, editor.selected)
  const mark = step?.id ?? triggerId
  const own = problems.filter((problem) => markOf(problem) === mark).map(({ message }) => message)
  const form: FormState = {
    flow,
    vocabulary,
    object,
    stepId: step?.id,
    recordId,
    problem: (part) => problemAt(problems, mark, part),
  }
  return (
    <FormContext value={form}>
      {step ? (
        <StepForm
          key={step.id}
          step={step}
          problems={own}
          onChange={editor.setStep}
          onDuplicate={() => editor.duplicate(step.id)}
          onRemove={() => editor.remove(step.id)}
        />
      ) : (
        <TriggerForm
          workflowId={workflow.id}
          problems={own}
          onChange={(next, part) => draft.change(next, `${triggerId} ${part}`)}
        />
      )}
      {step && flow.object && (
        <div style={{ marginTop: 24 }}>
          <RecordSelect
            size="xs"
            label={t('preview.with')}
            object={flow.object}
            value={recordId}
            onChange={(id) => setRecordId(id ?? undefined)}
          />
        </div>
      )}
    </FormContext>
  )
}
