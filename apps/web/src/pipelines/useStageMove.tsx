import type { ObjectMeta, RecordData } from '@oneforge/client'
import { type ReactNode, useState } from 'react'
import { onDemand } from '../ui/onDemand.tsx'
import { showError } from '../ui/toast.tsx'
import { questionOf, type StageQuestion } from './stageQuestion.ts'

const MoveDialog = onDemand(async () => (await import('./MoveDialog.tsx')).MoveDialog)

type Values = Record<string, unknown>

/** Carries the change out; what it throws stands in the dialog. */
type CarryOut = (changes: Values, record: RecordData) => Promise<unknown>

interface Asked {
  question: StageQuestion
  carryOut: CarryOut
}

/**
 * Moves records through the pipelines of an object. Where the stage asks for something, a dialog does so first; the page
 * shows `dialog` somewhere. Other changes go along with the move.
 */
export function useStageMove(object: ObjectMeta): {
  move: (record: RecordData, changes: Values, carryOut: CarryOut) => Promise<void>
  dialog: ReactNode
} {
  const [asked, setAsked] = useState<Asked>()

  async function move(record: RecordData, changes: Values, carryOut: CarryOut): Promise<void> {
    const withPipelines = object.pipelines.filter(({ field }) => field in changes)
    try {
      for (const pipeline of withPipelines) {
        const question = await questionOf(object, pipeline, record, changes[pipeline.field] as string | null)
        if (!question) continue
        setAsked({ question, carryOut: (answers) => carryOut({ ...changes, ...answers }, question.record) })
        return
      }
    } catch (error) {
      showError(error)
      return
    }
    // A refusal is shown by whoever carries the change out.
    await carryOut(changes, record).catch(() => undefined)
  }

  const dialog = asked && (
    <MoveDialog
      question={asked.question}
      onClose={() => setAsked(undefined)}
      onMove={async (answers) => {
        await asked.carryOut(answers, asked.question.record)
        setAsked(undefined)
      }}
    />
  )
  return { move, dialog }
}
