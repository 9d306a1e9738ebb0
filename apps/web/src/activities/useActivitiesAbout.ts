import type { EmailState, ObjectMeta, RecordData, RecordFile } from '@oneforge/client'
import { useQueries, useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useObject } from '../api/objects.ts'
import { useLatestChanges } from '../api/useLatestChanges.ts'
import { type ActivityKind, isOpen, stageIn, useActivityObjects, useActivityRelations } from './kinds.ts'

/** A task, meeting, call or e-mail about the record that is shown. */
export interface AboutActivity {
  kind: ActivityKind
  object: ObjectMeta
  record: RecordData
  /** What was attached to an e-mail; what stands within its text is not among it. */
  attachments: RecordFile[]
  /** What became of an e-mail that was written here. */
  sent: EmailState | undefined
  /** The record whose story it stands in. */
  about: { slug: string; id: string }
}

/** As many of each kind are told, those that were linked last. */
const portion = 50

/**
 * What was done about a record, and what is still to be done; one request for each kind. Answers to e-mails come by
 * themselves, and show while one looks.
 */
export function useActivitiesAbout(object: ObjectMeta, record: RecordData) {
  const relations = useActivityRelations(object)
  const metas = useActivityMetas()
  const answers = useQueries({
    queries: relations.map(({ relation }) => ({
      queryKey: [...keys.links(object.slug, record.id, relation.key), 'story'],
      queryFn: async () => (await client.records.linked(object.slug, record.id, relation.key, 1, portion)).items,
      // Whoever comes to a record reads what has come in meanwhile.
      staleTime: 0,
    })),
  })
  useLatestChanges(
    relations.flatMap(({ kind, relation }) => (kind === 'email' ? [relation.object] : [])),
    `story of ${record.id}`,
    [...keys.records(object.slug), 'links', record.id],
  )
  const found = relations.flatMap(({ kind, relation }, index) => {
    const meta = metas.find(({ slug }) => slug === relation.object)
    return meta ? (answers[index]?.data ?? []).map((one) => ({ kind, object: meta, record: one })) : []
  })
  const attachmentsOf = useAttachments(found.flatMap(({ kind, record }) => (kind === 'email' ? [record] : [])))
  const stateOf = useEmailStates(found.flatMap(({ kind, record }) => (kind === 'email' ? [record] : [])))
  const about = { slug: object.slug, id: record.id }
  const activities = found.map(
    (one): AboutActivity => ({
      ...one,
      about,
      attachments: attachmentsOf(one.record.id),
      sent: stateOf(one.record.id),
    }),
  )
  return {
    relations,
    isPending: relations.length > 0 && (metas.length === 0 || answers.some(({ isPending }) => isPending)),
    open: activities.filter(isAhead).sort((a, b) => dueOf(a).localeCompare(dueOf(b))),
    past: activities.filter((activity) => !isAhead(activity)),
  }
}

/** The files of e-mails, asked for all at once. */
function useAttachments(emails: RecordData[]): (id: string) => RecordFile[] {
  const slug = emails[0]?.object ?? ''
  const ids = emails.map(({ id }) => id).sort()
  const { data = [] } = useQuery({
    queryKey: keys.filesOf(slug, ids),
    queryFn: () => client.files.ofRecords(slug, ids),
    enabled: ids.length > 0,
  })
  return (id) => data.filter(({ recordId, folder }) => recordId === id && folder === '')
}

/** What became of e-mails, asked for all at once: of one to several that which is in trouble. */
function useEmailStates(emails: RecordData[]): (id: string) => EmailState | undefined {
  const ids = emails.map(({ id }) => id).sort()
  const { data = [] } = useQuery({
    queryKey: [...keys.records(emails[0]?.object ?? ''), 'states', ids],
    queryFn: () => client.mail.states(ids),
    enabled: ids.length > 0,
  })
  return (id) => {
    const own = data.filter(({ recordId }) => recordId === id)
    return own.find(({ state }) => state === 'failed' || state === 'bounced') ?? own[0]
  }
}

/** The metadata of the activities' objects that the person may see. */
export function useActivityMetas(): ObjectMeta[] {
  const objects = useActivityObjects()
  const task = useObject(objects.task?.slug ?? '', objects.task !== undefined).data
  const meeting = useObject(objects.meeting?.slug ?? '', objects.meeting !== undefined).data
  const call = useObject(objects.call?.slug ?? '', objects.call !== undefined).data
  const email = useObject(objects.email?.slug ?? '', objects.email !== undefined).data
  return [task, meeting, call, email].filter((meta) => meta !== undefined)
}

const isAhead = ({ kind, object, record }: AboutActivity): boolean =>
  kind !== 'call' && isOpen(object, stageIn(object, record))

/** When it is due or begins; what has no date comes last. */
function dueOf({ object: { roles }, record }: AboutActivity): string {
  return String(record[roles.dueAt ?? roles.startsAt ?? ''] ?? '9')
}

/** When it happened, as far as the story tells. */
export function momentOf({ kind, object: { roles }, record }: AboutActivity): string {
  const happened = kind === 'task' ? record.stageSince : roles.startsAt && record[roles.startsAt]
  return typeof happened === 'string' ? happened : record.createdAt
}
