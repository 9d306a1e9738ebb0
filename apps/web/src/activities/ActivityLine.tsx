import { Badge } from '@mantine/core'
import type { ObjectMeta, RecordData, RecordLink } from '@oneforge/client'
import { IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ChecklistProgress } from '../fields/checklist/ChecklistProgress.tsx'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { isEmptyValue } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import classes from './activities.module.css'
import { isOpen, stageIn } from './kinds.ts'
import { isPast, momentText } from './moments.ts'
import { TickBox } from './TickBox.tsx'

interface ActivityLineProps {
  object: ObjectMeta
  record: RecordData
  /** The times of one day need no date. */
  withDate?: boolean
  /** The records that it is about, but for the one on whose page it stands. */
  withAbout?: boolean
  /** Where no heading says that it is overdue. */
  saysLate?: boolean
}

/** A task or a meeting in one line: a box to tick, what, about whom, when. */
export function ActivityLine({
  object,
  record,
  withDate = true,
  withAbout = true,
  saysLate = false,
}: ActivityLineProps) {
  const { t } = useTranslation('activities')
  const context = useFormatContext()
  const { roles } = object
  const at = record[roles.dueAt ?? roles.startsAt ?? '']
  const isTask = object.activity === 'task'
  const open = isOpen(object, stageIn(object, record))
  const late = isTask && open && typeof at === 'string' && isPast(at)
  const about = withAbout ? ((record.about ?? []) as RecordLink[]) : []
  const priority = object.fields.find(({ key }) => key === 'priority')
  const checklist = object.fields.find(({ type }) => type === 'checklist')
  const isPressing = open && (record.priority === 'Urgent' || record.priority === 'High')
  return (
    <div className={classes.line} data-line data-done={(isTask && !open) || undefined}>
      {isTask ? (
        <TickBox object={object} record={record} />
      ) : (
        <span className={classes.mark}>
          <ObjectIcon name={object.icon} size={16} />
        </span>
      )}
      <span className={classes.what}>
        <Link to={paths.record(object.slug, record.id)} className={classes.title}>
          {record.title}
        </Link>
        {about.slice(0, 2).map((other) => (
          <Link key={other.id} to={paths.record(other.object, other.id)} className={classes.about}>
            {other.title ?? t('someRecord')}
          </Link>
        ))}
        {about.length > 2 && <span className={classes.about}>{t('more', { count: about.length - 2 })}</span>}
      </span>
      {checklist && !isEmptyValue(record[checklist.key]) && (
        <span className={classes.progress}>
          <ChecklistProgress value={record[checklist.key]} />
        </span>
      )}
      {isPressing && priority && <FieldValue field={priority} value={record.priority} />}
      {typeof record.recurrence === 'string' && (
        <IconRepeat size={14} className={classes.repeats} role="img" aria-label={t('repeats')} />
      )}
      {late && saysLate && (
        <Badge size="sm" variant="light" color="red" style={{ flexShrink: 0 }}>
          {t('day.overdue')}
        </Badge>
      )}
      {typeof at === 'string' && (
        <time dateTime={at} className={classes.when} data-late={late || undefined}>
          {record.all_day === true ? t('allDay') : momentText(at, context, withDate)}
        </time>
      )}
    </div>
  )
}
