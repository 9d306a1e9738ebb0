import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { useObject } from '../api/objects.ts'
import { type ActivityKind, isOpen, stageIn, useActivityObjects, useActivityRelations } from './kinds.ts'

/** A task, meeting, call or e-mail about the record that is shown. */
export interface AboutActivity {
  kind: ActivityKind
  object: ObjectMeta
  record: RecordData
}

/** As many of each kind are told, those that were linked last. */
const portion = 50

/** What was done about a record, and what is still to be done; one request for each kind. */
export function useActivitiesAbout(object: ObjectMeta, record: RecordData) {
  const relations = useActivityRelations(object)
  const metas = useActivityMetas()
  const answers = useQueries({
    queries: relations.map(({ relation }) => ({
      queryKey: [...keys.links(object.slug, record.id, relation.key), 'story'],
      queryFn: async () => (await client.records.linked(object.slug, record.id, relation.key, 1, portion)).items,
    })),
  })
  const activities = relations.flatMap(({ kind, relation }, index): AboutActivity[] => {
    const meta = metas.find(({ slug }) => slug === relation.object)
    return meta ? (answers[index]?.data ?? []).map((one) => ({ kind, object: meta, record: one })) : []
  })
  return {
    relations,
    isPending: relations.length > 0 && (metas.length === 0 || answers.some(({ isPending }) => isPending)),
    open: activities.filter(isAhead).sort((a, b) => dueOf(a).localeCompare(dueOf(b))),
    past: activities.filter((activity) => !isAhead(activity)),
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
