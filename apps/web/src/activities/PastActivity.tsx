import { Text } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMember } from '../api/workspace.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { withNames } from '../fields/format.ts'
import { HeldFiles } from '../files/HeldFiles.tsx'
import { EmailStanding } from '../mail/EmailStanding.tsx'
import { namesIn, writerOf } from '../mail/parties.ts'
import { CommentThread } from '../notes/CommentThread.tsx'
import { paths } from '../paths.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import classes from '../record/StoryPanel.module.css'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { type AboutActivity, momentOf } from './useActivitiesAbout.ts'

/** A task that is done, a call, a meeting that was held, an e-mail: one item of a record's story. */
export function PastActivity({ activity, comments }: { activity: AboutActivity; comments: number }) {
  const { t } = useTranslation('activities')
  const { kind, object, record, attachments, sent } = activity
  const { members } = useFormatContext()
  const owner = useMember(record.ownerId)
  const writer = kind === 'email' ? writerOf(record.sender, sent !== undefined) : undefined
  const receivers = namesIn(record.receivers).join(', ')
  const told = object.fields.filter(({ key, type }) => key === 'outcome' || key === 'direction' || type === 'checklist')
  const words = record.notes ?? record.body
  return (
    <>
      <span className={classes.mark}>
        <ObjectIcon name={object.icon} size={12} />
      </span>
      <div className={classes.sentence}>
        <Text span inherit fw={600}>
          {writer ?? owner?.name ?? t('somebody')}
        </Text>{' '}
        {kind === 'email' && receivers !== '' ? t('toldTo', { receivers }) : t(`told.${kind}`)}{' '}
        <Link to={paths.record(object.slug, record.id)} className={classes.activity}>
          {record.title}
        </Link>{' '}
        {told.map((field) => (
          <Fragment key={field.key}>
            <FieldValue field={field} value={record[field.key]} />{' '}
          </Fragment>
        ))}
        <RelativeTime at={momentOf(activity)} />
      </div>
      {typeof words === 'string' && words !== '' && (
        <div className={classes.note}>
          <Text span inherit lineClamp={12}>
            {withNames(words, members)}
          </Text>
        </div>
      )}
      {attachments.length > 0 && (
        <Text component="div" size="sm" mt={4}>
          <HeldFiles files={attachments} />
        </Text>
      )}
      {kind === 'email' && <EmailStanding activity={activity} />}
      <CommentThread thread={{ slug: object.slug, id: record.id }} count={comments} about={record.title ?? ''} />
    </>
  )
}
