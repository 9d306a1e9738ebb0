import { Alert, Button, Group } from '@mantine/core'
import type { WorkflowDetail } from '@oneforge/client'
import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useObject } from '../../api/objects.ts'
import { onDemand } from '../../ui/onDemand.tsx'
import { isTaken } from '../../ui/useShortcuts.ts'
import type { Overlay } from '../canvas/canvasContext.ts'
import { useFlowWords } from '../canvas/useFlowWords.tsx'
import { triggerId } from '../flow/layout.ts'
import { useFigures, useVocabulary } from '../queries.ts'
import { walkedIn } from '../runs/states.ts'
import { BuilderHeader } from './BuilderHeader.tsx'
import classes from './builder.module.css'
import type { Compared, PanelName } from './panels.ts'
import { problemCounts } from './problems.ts'
import { type Draft, useDraft } from './useDraft.ts'
import { type FlowEditor, useFlowEditor } from './useFlowEditor.ts'
import { useTrial } from './useTrial.ts'

const FlowCanvas = onDemand(async () => (await import('../canvas/FlowCanvas.tsx')).FlowCanvas)
const StepPicker = onDemand(async () => (await import('../canvas/StepPicker.tsx')).StepPicker)
const BuilderPanel = onDemand(async () => (await import('./BuilderPanel.tsx')).BuilderPanel)

export function Builder({ workflow }: { workflow: WorkflowDetail }) {
  const draft = useDraft(workflow)
  const asked = useSearchParams()[0].get('step')
  const editor = useFlowEditor(draft, asked ?? triggerId)
  const { flow } = draft
  const [panel, setPanel] = useState<PanelName | undefined>(asked ? 'step' : undefined)
  const trial = useTrial()
  const [compared, setCompared] = useState<Compared>()
  /** Another one each time that somebody goes into a form. */
  const [entered, setEntered] = useState<object>()
  const { data: vocabulary } = useVocabulary(flow.object)
  const { data: object } = useObject(flow.object ?? '', Boolean(flow.object))
  const { data: figures } = useFigures(workflow.id)
  const shownFlow = compared?.flow ?? flow
  const words = useFlowWords(shownFlow, vocabulary)
  const problems = useMemo(() => problemCounts(draft.problems), [draft.problems])
  const overlay: Overlay = {
    ...(figures && { waiting: figures.waiting }),
    ...(trial.trace && panel === 'test' && walkedIn(shownFlow.steps, trial.trace.steps)),
    ...(compared && { changes: compared.changes }),
  }
  const editable = !compared
  useUndoKeys(editor, editable)

  function show(next: PanelName | undefined): void {
    setPanel(next)
    if (next !== 'versions') setCompared(undefined)
    if (next !== 'test') trial.setTrace(undefined)
  }

  /** While a test or another version is looked at, a card tells of that. */
  function open(id: string): void {
    setEntered(undefined)
    editor.select(id)
    if (!(panel === 'test' && trial.trace) && panel !== 'versions') show('step')
  }

  function enter(id: string): void {
    open(id)
    setEntered({})
  }

  function mend(mark: string): void {
    editor.select(mark)
    show('step')
    setEntered({})
  }

  return (
    <div className={classes.page}>
      <BuilderHeader {...{ workflow, draft, editor, panel, words }} onPanel={show} onProblem={mend} />
      <Conflict draft={draft} />
      <div className={classes.body}>
        <FlowCanvas
          key={compared?.version ?? 'draft'}
          flow={shownFlow}
          words={words}
          editable={editable}
          selected={editor.selected}
          problems={problems}
          overlay={overlay}
          select={editor.select}
          open={open}
          enter={enter}
          add={editor.startAdding}
          onMove={editor.move}
          said={editor.said}
          {...(editable && { commands: editor.commands })}
        />
        {panel && (
          <BuilderPanel
            {...{ panel, workflow, draft, editor, vocabulary, object, words, trial, compared, entered }}
            onPanel={show}
            onProblem={mend}
            onCompare={setCompared}
          />
        )}
      </div>
      {editor.adding && (
        <StepPicker
          flow={flow}
          vocabulary={vocabulary}
          onClose={editor.cancelAdding}
          onPick={(type) => {
            editor.add(type)
            show('step')
          }}
        />
      )}
    </div>
  )
}

/** Ctrl+Z and Ctrl+Shift+Z; while one types they are the input's. */
function useUndoKeys({ takeBack, doAgain }: FlowEditor, enabled: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!enabled || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || isTaken(event)) return
    event.preventDefault()
    if (event.shiftKey) doAgain()
    else takeBack()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

/** Somebody else has saved it since it was opened: nothing is written over before it is asked. */
function Conflict({ draft }: { draft: Draft }) {
  const { t } = useTranslation('automation')
  if (draft.state !== 'conflict') return null
  return (
    <Alert color="yellow" role="alert" m="sm" title={t('conflict.title')}>
      <Group gap="xs">
        <Button variant="default" onClick={() => void draft.takeTheirs()}>
          {t('conflict.theirs')}
        </Button>
        <Button variant="default" onClick={() => void draft.keepOwn()}>
          {t('conflict.mine')}
        </Button>
      </Group>
    </Alert>
  )
}
