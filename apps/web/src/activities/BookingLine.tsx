import { Badge, Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { refreshLists } from '../api/recordCache.ts'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { diaryFields } from '../list/calendar/diaryFields.ts'
import { useEntryText } from '../list/calendar/useEntryText.ts'
import { paths } from '../paths.ts'
import { useStageMove } from '../pipelines/useStageMove.tsx'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './activities.module.css'
import { isOpen, stageIn } from './kinds.ts'
import type { Booked } from './useBookings.ts'

/** A visit or an interview in one line: when, who, how far it is, and the next step in one click: «Arrived». */
export function BookingLine({ object, entry }: Booked) {
  const { t } = useTranslation('activities')
  const { locale } = useFormatContext()
  const { hoursText, titleText } = useEntryText({ fields: diaryFields(object)!, locale })
  const { next, moveOn, dialog } = useNextStage({ object, entry })
  const { record } = entry
  const status = object.fields.find(({ key }) => key === object.roles.stage)
  const now = Date.now()
  const open = isOpen(object, stageIn(object, record))
  const isNow = open && entry.start <= now && now < entry.end
  return (
    <div className={classes.line} data-line>
      <span className={classes.mark}>
        <ObjectIcon name={object.icon} size={16} />
      </span>
      <time dateTime={new Date(entry.start).toISOString()} className={classes.hours}>
        {hoursText(entry)}
      </time>
      <span className={classes.what}>
        <Link to={paths.record(object.slug, record.id)} className={classes.title}>
          {titleText(entry)}
        </Link>
      </span>
      {isNow && (
        <Badge size="sm" variant="light" color="red" style={{ flexShrink: 0 }}>
          {t('now')}
        </Badge>
      )}
      {status && <FieldValue field={status} value={record[status.key]} />}
      {next && (
        <Button
          size="compact-xs"
          variant="default"
          style={{ flexShrink: 0 }}
          leftSection={<IconArrowRight size={12} />}
          onClick={moveOn}
          aria-label={t('moveOn', { stage: next.label, title: titleText(entry) })}
        >
          {next.label}
        </Button>
      )}
      {dialog}
    </div>
  )
}

/** The stage that comes next on the way to the end, where the person may move it there. */
function useNextStage({ object, entry: { record } }: Booked) {
  const cache = useQueryClient()
  const update = useUpdateRecord(object.slug)
  const { move, dialog } = useStageMove(object)
  const { stage } = object.roles
  const mayMove =
    object.permissions.update && object.fields.some(({ key, access }) => key === stage && access === 'write')
  const at = object.stages.findIndex(({ value }) => value === stageIn(object, record))
  const next =
    mayMove && object.stages[at]?.kind === 'open'
      ? object.stages.slice(at + 1).find(({ kind }) => kind !== 'lost')
      : undefined
  const moveOn = () => {
    if (!stage || !next) return
    void move(record, { [stage]: next.value }, async (changes, current) => {
      await update.mutateAsync({ record: current, changes, explainsRefusal: 'stageMoves' in changes })
      refreshLists(cache, object.slug)
      await cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('booked') })
    })
  }
  return { next, moveOn, dialog }
}
