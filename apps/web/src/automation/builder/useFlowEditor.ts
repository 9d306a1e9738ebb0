/** What is selected on the canvas, and what is done to it by mouse, keys and clipboard. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showError, showToast } from '../../ui/toast.tsx'
import type { FlowCommands } from '../canvas/useCanvasKeys.ts'
import { blankStep } from '../flow/blank.ts'
import { stepsAsText, stepsFromText } from '../flow/clipboard.ts'
import { type Place, type Step, type StepType, top } from '../flow/flow.ts'
import { triggerId } from '../flow/layout.ts'
import {
  bodyAt,
  findStep,
  idsOf,
  insertAt,
  moveStep,
  newId,
  placeOf,
  removeStep,
  replaceStep,
  withFreshIds,
} from '../flow/tree.ts'
import type { Draft } from './useDraft.ts'

/** @param first what is selected to begin with. */
export function useFlowEditor({ flow, change, undo, redo }: Draft, first: string) {
  const { t } = useTranslation('automation')
  const [chosen, setSelected] = useState<string>(first)
  /** Where a step is about to be put: the picker is open. */
  const [adding, setAdding] = useState<Place>()
  const [said, setSaid] = useState('')
  const { steps } = flow
  // What was taken back may be gone.
  const selected = findStep(steps, chosen.split('/')[0] ?? '') ? chosen : triggerId
  const nameOf = (step: Step) => step.name || t(`step.${step.type}`)
  const setSteps = (next: Step[], subject?: string) => change({ ...flow, steps: next }, subject)

  /** The place after what is selected; into a branch whose head is. */
  function placeAfter(id: string): Place {
    if (id === triggerId) return { parent: null, part: top, index: 0 }
    const [parent = '', ...part] = id.split('/')
    if (part.length > 0) return { parent, part: part.join('/'), index: 0 }
    const place = placeOf(steps, id)
    return place ? { ...place, index: place.index + 1 } : { parent: null, part: top, index: steps.length }
  }

  function put(place: Place, added: Step[], message: 'added' | 'pasted'): void {
    const [first] = added
    if (!first) return
    setSteps(insertAt(steps, place, added))
    setSelected(first.id)
    setSaid(t(`said.${message}`, { step: nameOf(first), count: added.length }))
  }

  function add(type: StepType): void {
    if (adding) put(adding, [blankStep(type, newId(idsOf(steps)))], 'added')
    setAdding(undefined)
  }

  function remove(id: string): void {
    const step = findStep(steps, id)
    const place = placeOf(steps, id)
    if (!step || !place) return
    setSteps(removeStep(steps, id))
    const beside = bodyAt(steps, place)
    setSelected((beside[place.index + 1] ?? beside[place.index - 1])?.id ?? place.parent ?? triggerId)
    setSaid(t('said.removed', { step: nameOf(step) }))
    showToast({ message: t('said.removed', { step: nameOf(step) }), undo: async () => undo() })
  }

  function move(id: string, place: Place): void {
    const step = findStep(steps, id)
    if (!step) return
    setSteps(moveStep(steps, id, place))
    setSaid(t('said.moved', { step: nameOf(step) }))
  }

  function duplicate(id: string): void {
    const step = findStep(steps, id)
    if (step) put(placeAfter(id), withFreshIds([step], idsOf(steps)), 'pasted')
  }

  function shift(id: string, by: -1 | 1): void {
    const place = placeOf(steps, id)
    if (!place) return
    const index = by < 0 ? place.index - 1 : place.index + 2
    if (index >= 0 && index <= bodyAt(steps, place).length) move(id, { ...place, index })
  }

  function paste(text: string): void {
    const found = stepsFromText(text)
    if (found) put(placeAfter(selected), withFreshIds(found, idsOf(steps)), 'pasted')
    else showToast({ message: t('said.nothingToPaste') })
  }

  /** What a copy takes: the selected step with all in it; on the trigger, all steps. */
  function selection(): Step[] {
    const step = findStep(steps, selected)
    return step ? [step] : selected === triggerId ? steps : []
  }

  function copyTo(event: ClipboardEvent): boolean {
    const taken = selection()
    if (taken.length === 0 || !event.clipboardData) return false
    event.clipboardData.setData('text/plain', stepsAsText(taken))
    event.preventDefault()
    setSaid(t('said.copied', { count: taken.length }))
    return true
  }

  const commands: FlowCommands = {
    addAfter: (id) => setAdding(placeAfter(id)),
    remove,
    duplicate,
    shift,
    copy: (event) => void copyTo(event),
    cut: (event) => copyTo(event) && remove(selected),
    paste: (event) => {
      event.preventDefault()
      paste(event.clipboardData?.getData('text/plain') ?? '')
    },
  }

  return {
    selected,
    select: setSelected,
    adding,
    startAdding: setAdding,
    cancelAdding: () => setAdding(undefined),
    add,
    move,
    remove,
    duplicate,
    commands,
    said,
    /** Of one step, or of the whole. */
    copy: async (copied: Step[]) => {
      await navigator.clipboard.writeText(stepsAsText(copied))
      showToast({ message: t('said.copied', { count: copied.length }) })
    },
    /** The browser may ask the person first, who may say no. */
    pasteFromClipboard: () => navigator.clipboard.readText().then(paste, showError),
    setStep: (step: Step, part: string) => setSteps(replaceStep(steps, step), `${step.id} ${part}`),
    takeBack: () => {
      undo()
      setSaid(t('said.undone'))
    },
    doAgain: () => {
      redo()
      setSaid(t('said.redone'))
    },
  }
}

export type FlowEditor = ReturnType<typeof useFlowEditor>
