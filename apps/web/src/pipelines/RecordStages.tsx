import { Checkbox, Group, Text } from '@mantine/core'
import type { ObjectMeta, Pipeline, RecordData, Stay } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime } from '../fields/format.ts'
import { StagePath } from '../record/StagePath.tsx'
import { formatSpan, isRotting, secondsSince, stageOf, useStays, useTick } from './pipelines.ts'
import classes from './RecordStages.module.css'
import { RottingMark } from './RottingMark.tsx'
import { mayFollow } from './stageQuestion.ts'
import { useStageMove } from './useStageMove.tsx'

interface RecordStagesProps {
  object: ObjectMeta
  record: RecordData
  editable: boolean
}

/** Where a record stands in each of its pipelines, since when, and what is left to do there. A click moves it. */
export function RecordStages({ object, record, editable }: RecordStagesProps) {
  const { data: stays = [], isFetching } = useStays(object, record)
  const update = useUpdateRecord(object.slug)
  const { move, dialog } = useStageMove(object)
  const pipelines = [...object.pipelines].sort((a, b) => Number(b.main) - Number(a.main))
  return (
    <>
      {pipelines.map((pipeline) => {
        const field = object.fields.find(({ key }) => key === pipeline.field)
        const current = (record[pipeline.field] as string | null | undefined) ?? null
        const mayMove = editable && field?.access === 'write'
        return (
          <div key={pipeline.key} className={classes.pipeline}>
            {pipelines.length > 1 && (
              <Text size="xs" c="dimmed" className={classes.name}>
                {pipeline.label}
              </Text>
            )}
            <StagePath
              label={pipeline.label}
              stages={pipeline.stages}
              current={current}
              isAllowed={(stage) => mayFollow(pipeline, current, stage)}
              onMove={
                mayMove
                  ? (stage) =>
                      void move(record, { [pipeline.field]: stage }, (changes, at) =>
                        update.mutateAsync({ record: at, changes, explainsRefusal: 'stageMoves' in changes }),
                      )
                  : undefined
              }
            />
            <StageFacts
              object={object}
              record={record}
              pipeline={pipeline}
              stay={stays.find((one) => one.pipeline === pipeline.key && !one.leftAt)}
              isComing={isFetching && current !== null}
              editable={mayMove}
            />
          </div>
        )
      })}
      {dialog}
    </>
  )
}

/** Keeps the line free, so that what is below does not move when it comes. */
function PlaceOfFacts() {
  return (
    <Group className={classes.facts} aria-hidden>
      <Text span size="xs">
        &nbsp;
      </Text>
    </Group>
  )
}

interface StageFactsProps {
  object: ObjectMeta
  record: RecordData
  pipeline: Pipeline
  stay: Stay | undefined
  /** It is asked for, and will be there. */
  isComing: boolean
  editable: boolean
}

/** Time in the stage and its checklist, in one quiet line that wraps. */
function StageFacts({ object, record, pipeline, stay, isComing, editable }: StageFactsProps) {
  const { t } = useTranslation('pipelines')
  const format = useFormatContext()
  const tick = useTick(object, record)
  const stage = stageOf(pipeline, stay?.stage)
  if (!stay || !stage || stay.stage !== record[pipeline.field]) return isComing && <PlaceOfFacts />
  const seconds = secondsSince(stay.enteredAt)
  const span = formatSpan(seconds, format.locale)
  const isNew = stay.exact && seconds < 60
  const reason = stage.reasons?.options.find(({ value }) => value === stay.reason)
  return (
    <Group gap="4px var(--mantine-spacing-md)" className={classes.facts}>
      {isRotting(stage, stay.enteredAt) ? (
        <RottingMark stage={stage} since={stay.enteredAt} />
      ) : (
        <Text span size="xs" c="dimmed" title={formatDateTime(stay.enteredAt, format)}>
          {isNew ? t('stage.new') : t(stay.exact ? 'stage.since' : 'stage.atLeast', { span })}
        </Text>
      )}
      {(reason ?? stay.note) && (
        <Text span size="xs" c="dimmed">
          {[reason?.label, stay.note].filter(Boolean).join(': ')}
        </Text>
      )}
      {stage.checklist.map((item) => (
        <Checkbox
          key={item.key}
          size="xs"
          label={item.required ? `${item.label} *` : item.label}
          disabled={!editable}
          checked={stay.ticks.some((one) => one.item === item.key)}
          onChange={({ currentTarget: { checked } }) =>
            tick.mutate({ pipeline: pipeline.key, item: item.key, done: checked })
          }
        />
      ))}
    </Group>
  )
}
