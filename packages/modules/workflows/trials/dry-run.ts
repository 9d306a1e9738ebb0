/** How often a workflow would have run in the last days, by what is known of them. */
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { listRecords, type RecordContext } from '@oneforge/kernel/records'
import type { z } from 'zod'
import { seenTitles } from '../../following/index.ts'
import type { Trigger, Workflow } from '../definition.ts'
import { type ChangesRow, changesOf } from '../engine/consumer.store.ts'
import { actingFor, asksForChanges, type Happening, isHeard, triggerFacts } from '../engine/index.ts'
import { momentFrom } from '../triggers/moments.ts'
import { nextTime } from '../triggers/schedules.ts'
import { datesAfter } from '../triggers/timers.store.ts'
import { pastEvents } from './dry-run.store.ts'
import type { dryRun } from './trials.schemas.ts'

type DryRun = z.input<typeof dryRun>

const day = 86_400_000
const mostEvents = 20_000
const mostDated = 50_000
const mostTimes = 10_000
const mostExamples = 5
const askedTogether = 500

/** Something that would have begun a run. */
interface Occasion {
  at: Date
  recordId: string | null
}

interface Found {
  occasions: Occasion[]
  remark: string | null
}

export async function wouldHaveRun(context: RecordContext, workflow: Workflow, days: number): Promise<DryRun> {
  const since = new Date(context.now.getTime() - days * day)
  const object = workflow.object === undefined ? undefined : context.model.object.get(workflow.object)
  const { occasions, remark } = await occasionsOf(context, workflow, object, since)
  const passing = await thosePassing(context, workflow, object, occasions)
  const asked = workflow.condition !== undefined && passing.length > 0
  return {
    days: byDay(passing, since, context),
    total: passing.length,
    examples: object ? await examplesOf(context, object, passing) : [],
    remark: remark ?? (asked ? 'Its condition was asked of the records as they are now.' : null),
  }
}

async function occasionsOf(
  context: RecordContext,
  { trigger, ...workflow }: Workflow,
  object: CompiledObject | undefined,
  since: Date,
): Promise<Found> {
  switch (trigger.type) {
    case 'schedule':
      return scheduled(context, trigger, since)
    case 'date_relative':
      return object ? dated(context, trigger, object, since) : nothing
    case 'webhook_received':
    case 'button':
    case 'called':
      return { occasions: [], remark: 'Nobody knows beforehand when it is called.' }
    default:
      return object ? happened(context, { trigger, ...workflow }, object, since) : nothing
  }
}

const nothing: Found = { occasions: [], remark: 'It is about no object that is there.' }

function scheduled({ model, now }: RecordContext, trigger: Trigger & { type: 'schedule' }, since: Date): Found {
  const occasions: Occasion[] = []
  let at = nextTime(trigger, model.timeZone, since)
  while (at && at <= now && occasions.length < mostTimes) {
    occasions.push({ at, recordId: null })
    at = nextTime(trigger, model.timeZone, at)
  }
  const remark =
    trigger.records === undefined ? null : 'Each time it would have run for all records that pass its filter.'
  return { occasions, remark }
}

async function dated(
  context: RecordContext,
  { field, offset }: Trigger & { type: 'date_relative' },
  object: CompiledObject,
  since: Date,
): Promise<Found> {
  const occasions: Occasion[] = []
  let after: string | null = null
  for (let looked = 0; looked < mostDated; looked += askedTogether) {
    const rows = await datesAfter(context.tx, object, field, { after, limit: askedTogether })
    for (const { id, value, time_zone: timeZone } of rows) {
      const at = value === null ? undefined : momentFrom(String(value), offset, timeZone)
      if (at && at >= since && at <= context.now) occasions.push({ at, recordId: id })
    }
    if (rows.length < askedTogether) return { occasions, remark: null }
    after = rows.at(-1)!.id
  }
  return { occasions, remark: `Counted among the first ${mostDated.toLocaleString('en')} records only.` }
}

async function happened(
  context: RecordContext,
  workflow: Workflow,
  object: CompiledObject,
  since: Date,
): Promise<Found> {
  const { tx, model } = context
  const events = await pastEvents(tx, object.id, since, mostEvents)
  const changes = new Map<number, Record<string, unknown>>()
  if (asksForChanges(workflow.trigger)) {
    const updates = events.filter(({ type }) => type === 'record.updated').map(({ seq }) => seq)
    const rows = await tx.query<ChangesRow>(changesOf(model.tenantId, updates))
    for (const row of rows) changes.set(row.seq, row.changes)
  }
  const occasions = events.flatMap((event): Occasion[] => {
    const happening = { event, object, changes: changes.get(event.seq) } as unknown as Happening
    const isMeant = isHeard(happening.event, workflow) && triggerFacts(workflow.trigger, happening) !== undefined
    return isMeant ? [{ at: new Date(event.at), recordId: event.recordId }] : []
  })
  const remark = events.length < mostEvents ? null : 'So much has happened that only the latest of it was counted.'
  return { occasions, remark }
}

/** By the records as they are now; those that are gone do not pass. */
async function thosePassing(
  context: RecordContext,
  workflow: Workflow,
  object: CompiledObject | undefined,
  occasions: Occasion[],
): Promise<Occasion[]> {
  if (!object || workflow.condition === undefined || workflow.condition === null) return occasions
  const ids = [...new Set(occasions.flatMap(({ recordId }) => recordId ?? []))]
  const acting = actingFor(context, workflow)
  const passing = new Set<string>()
  for (let start = 0; start < ids.length; start += askedTogether) {
    const some = ids.slice(start, start + askedTogether)
    const filter = { and: [{ field: 'id', op: 'in', value: some }, workflow.condition] }
    const { rows } = await listRecords(acting, object, { filter, limit: some.length, only: new Set() })
    for (const { id } of rows) passing.add(id)
  }
  return occasions.filter(({ recordId }) => recordId === null || passing.has(recordId))
}

/** Every day, also those on which nothing would have run; in the workspace's zone. */
function byDay(occasions: Occasion[], since: Date, { model, now }: RecordContext): DryRun['days'] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: model.timeZone, dateStyle: 'short' })
  const counts = new Map<string, number>()
  for (let at = since.getTime(); at <= now.getTime(); at += day) counts.set(format.format(at), 0)
  for (const { at } of occasions) {
    const key = format.format(at)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => ({ day: name, count })).sort((a, b) => a.day.localeCompare(b.day))
}

async function examplesOf(
  context: RecordContext,
  object: CompiledObject,
  occasions: Occasion[],
): Promise<DryRun['examples']> {
  const latest = occasions.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, mostExamples * 4)
  const references = latest.flatMap(({ recordId }) => (recordId ? [{ objectId: object.id, recordId }] : []))
  const seen = await seenTitles(context, references)
  return latest
    .flatMap(({ at, recordId }) => {
      const title = recordId === null ? undefined : seen.get(recordId)?.title
      return title === undefined
        ? []
        : [{ at: at.toISOString(), record: { object: object.slug, id: recordId!, title } }]
    })
    .slice(0, mostExamples)
}
