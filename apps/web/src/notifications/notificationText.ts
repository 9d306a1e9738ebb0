/** Notifications in words, and where they lead. */
import type { Notification } from '@oneforge/client'
import type { TFunction } from 'i18next'
import { type FormatContext, formatDate, formatDateTime } from '../fields/format.ts'
import { paths } from '../paths.ts'

type Words = TFunction<'notifications'>

/** What nobody has done is the work of workflows and of the system. */
const isByItself = (kind: Notification['kind']) => kind === 'assigned' || kind === 'moved' || kind === 'changed'

/** «Ana García and 2 others changed Zoë Lindt». */
export function sentenceOf(t: Words, { kind, actors, title, count, about }: Notification): string {
  if (kind === 'job_ended') return t(`job.${jobOf(about)}.${about.status === 'failed' ? 'failed' : 'completed'}`)
  if (kind === 'workflow') return messagesOf(about).join(' · ')
  const what = { title: title ?? '', count }
  if (actors.length === 0 && isByItself(kind)) return t(`byItself.${kind}`, what)
  return t(`line.${kind}`, { ...what, who: peopleOf(t, actors) })
}

const messagesOf = ({ messages }: Notification['about']): string[] => (Array.isArray(messages) ? messages : [])

function peopleOf(t: Words, actors: string[]): string {
  const latest = actors.at(-1) ?? t('somebody')
  const others = actors.length - 1
  return others > 0 ? t('andOthers', { name: latest, count: others }) : latest
}

function jobOf({ type }: Notification['about']): 'import' | 'export' | 'bulk' {
  const kind = String(type).split('.')[0]
  return kind === 'import' || kind === 'export' ? kind : 'bulk'
}

const system: Record<string, 'owner' | 'location'> = { ownerId: 'owner', locationId: 'location' }
const mostFields = 4

/**
 * What was changed, as far as it fits into a line; of a reminder, when the thing is due; of what a workflow tells, the record.
 */
export function detailsOf(t: Words, { fields, kind, title, about }: Notification, context: FormatContext): string {
  if (kind === 'workflow') return title ?? ''
  if (kind === 'reminder') return typeof about.due === 'string' ? t('due', { moment: dueText(about.due, context) }) : ''
  const labels = fields.map((field) => (system[field] ? t(`field.${system[field]}`) : field))
  if (labels.length <= mostFields) return labels.join(', ')
  return t('fieldsMore', { fields: labels.slice(0, mostFields).join(', '), count: labels.length - mostFields })
}

const dueText = (due: string, context: FormatContext): string =>
  due.includes('T') ? formatDateTime(due, context) : formatDate(due, context.locale)

/** What these tell of stands in the record's story, unless it is in one of its fields. */
const toldInStory: ReadonlySet<Notification['kind']> = new Set(['answered', 'noted', 'commented', 'mention'])

export function whereTo({ kind, object, recordId, fields, about }: Notification): string {
  const isInStory = toldInStory.has(kind) && fields.length === 0
  if (object && recordId) return isInStory ? paths.story(object, recordId) : paths.record(object, recordId)
  if (kind === 'workflow') return paths.approvals()
  if (kind === 'invitation_accepted') return paths.settings('members')
  if (object) return jobOf(about) === 'import' ? paths.import(object) : paths.list(object)
  return paths.notifications()
}
