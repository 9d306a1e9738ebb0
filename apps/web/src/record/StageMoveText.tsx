import { Text } from '@mantine/core'
import type { HistoryEntry, ObjectMeta, Stay } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatSpan, stageOf } from '../pipelines/pipelines.ts'
import { moveAt } from './stageStory.ts'

/** In seconds: what moves on sooner has not stood there. */
const worthTelling = 60

interface StageMoveTextProps {
  change: HistoryEntry['changes'][number]
  at: string
  object: ObjectMeta
  stays: Stay[]
}

/** Of a move in a pipeline: how long the record had stood where it was, and why it went. Nothing of other changes. */
export function StageMoveText({ change, at, object, stays }: StageMoveTextProps) {
  const { t } = useTranslation('record')
  const { locale } = useFormatContext()
  const pipeline = object.pipelines.find(({ field }) => field === change.field)
  const move = pipeline && moveAt(stays, pipeline.key, change, at)
  if (!move) return null
  const seconds = move.left ? (Date.parse(at) - Date.parse(move.left.enteredAt)) / 1000 : 0
  const stood = seconds >= worthTelling && formatSpan(seconds, locale)
  const { reason, note } = move.entered ?? {}
  const reasons = stageOf(pipeline, move.entered?.stage)?.reasons?.options ?? []
  const why = [reason && (reasons.find(({ value }) => value === reason)?.label ?? reason), note]
    .filter(Boolean)
    .join(': ')
  const said = [stood && t(move.left?.exact ? 'history.afterSpan' : 'history.afterAtLeast', { span: stood }), why]
  return (
    <Text span inherit c="dimmed">
      {said.filter(Boolean).join(' · ')}
    </Text>
  )
}
