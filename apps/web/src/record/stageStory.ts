/** What stays in the stages of pipelines add to a record's story: how long it stood somewhere, why it moved, what was ticked. */
import type { HistoryEntry, ObjectMeta, Stay } from '@oneforge/client'

export interface StageMove {
  /** The stay that the move ended; none where the record came into the pipeline. */
  left: Stay | undefined
  /** The stay that it began; none where the record went out of the pipeline. */
  entered: Stay | undefined
}

/** The history and the stays are written with clocks of the same change, which lie no further apart than this. */
const sameChange = 60_000

/** The move that an entry of the history tells of, by its stages and its moment. */
export function moveAt(
  stays: Stay[],
  pipeline: string,
  { before, after }: Pick<HistoryEntry['changes'][number], 'before' | 'after'>,
  at: string,
): StageMove | undefined {
  const moment = Date.parse(at)
  const nearest = (stage: unknown, momentOf: (stay: Stay) => string | null): Stay | undefined => {
    const distance = (stay: Stay): number => Math.abs(Date.parse(momentOf(stay) ?? '') - moment)
    return stays
      .filter((stay) => stay.pipeline === pipeline && stay.stage === stage && distance(stay) <= sameChange)
      .sort((a, b) => distance(a) - distance(b))[0]
  }
  const move = { left: nearest(before, ({ leftAt }) => leftAt), entered: nearest(after, ({ enteredAt }) => enteredAt) }
  return move.left || move.entered ? move : undefined
}

export interface StoryTick {
  /** Of the item of the checklist. */
  label: string
  stage: string
  by: string | null
}

/** What was ticked off in the stages where the record stood, with the words that pipelines have for it now. */
export function ticksOf(
  { pipelines }: Pick<ObjectMeta, 'pipelines'>,
  stays: Stay[],
): { id: string; at: string; tick: StoryTick }[] {
  return stays.flatMap((stay) => {
    const stage = pipelines.find(({ key }) => key === stay.pipeline)?.stages.find(({ value }) => value === stay.stage)
    return stay.ticks.map(({ item, at, by }) => {
      const label = stage?.checklist.find(({ key }) => key === item)?.label ?? item
      const tick = { label, stage: stage?.label ?? stay.stage, by: by?.name ?? null }
      return { id: [stay.pipeline, stay.enteredAt, item].join(' '), at, tick }
    })
  })
}
