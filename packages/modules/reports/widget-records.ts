/** Widgets that show records: the latest, those of a calendar, one's tasks, and what stands in the stages of a pipeline. */
import { atBest, fieldAccess } from '@oneforge/kernel/access'
import { AppError, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale, type PipelineDefinition } from '@oneforge/kernel/metadata'
import {
  fillColumns,
  isRelatedColumn,
  isSystemAttribute,
  listRecords,
  type Measure,
  planColumns,
  presentRecord,
  valuesBeside,
} from '@oneforge/kernel/records'
import { daysOf } from './ranges.ts'
import { allFilters, ask, filterOn, missing, type Plan, type Scene } from './scene.ts'
import { cellsOf, type Value, valuesOf } from './values.ts'

const usualRecords = 10
const mostRecords = 50
const mostEntries = 200

/** Read when the plan is finished: lists have their own way to the database. */
const readLater = (finish: Plan['finish'], behind?: unknown): Plan => ({ questions: [], finish, behind })

export function planRecent(scene: Scene): Plan {
  const { widget, context, object, period } = scene
  const names = widget.fields ?? ['title', 'createdAt']
  requireKnown(scene, names)
  return readLater(async () => {
    const sort = widget.sort ?? ['-createdAt']
    const limit = Math.min(widget.limit ?? usualRecords, mostRecords)
    const { records, total } = await recordsOf(scene, { filter: filterOn(scene, period), sort, limit, names })
    const columns = names.map((name) => columnOf(object, name, context.locale))
    return { columns, records, total }
  })
}

interface Wanted {
  filter: unknown
  sort: string[]
  limit: number
  names: string[]
}

/** The first records with what is to be shown of them, and how many there are. */
async function recordsOf({ context, object }: Scene, { filter, sort, limit, names }: Wanted) {
  const { model, policy } = context
  const related = names.filter((name) => isRelatedColumn(context, object, name))
  const columns = related.length > 0 ? planColumns(context, object, related, 'list') : undefined
  const own = new Set(
    names.filter((name) => !related.includes(name)).map((name) => object.field.get(name)?.key ?? name),
  )
  own.add('title')
  const beside = columns?.beside
  const { rows, total } = await listRecords(context, object, { filter, sort, limit, page: 1, only: own, beside })
  const records = rows.map((row) => presentRecord(model, policy, object, row, own))
  if (beside) {
    const values = valuesBeside(
      context,
      beside,
      rows.map((row) => row.beside ?? []),
    )
    for (const [index, record] of records.entries()) Object.assign(record, values[index])
  }
  if (columns) await fillColumns(context, object, records, columns)
  return { records, total: total ?? records.length }
}

function requireKnown({ context, object }: Scene, names: string[]): void {
  const isKnown = (name: string) =>
    isSystemAttribute(name) ||
    isRelatedColumn(context, object, name) ||
    (object.field.has(name) && fieldAccess(atBest(context.policy), object, name) !== 'hidden')
  const problems = names
    .filter((name) => !isKnown(name))
    .map((name) => ({ field: 'fields', message: `“${name}” is not a field of ${object.slug}` }))
  if (problems.length > 0) throw validationError(problems)
}

/** What a column is called, and the words for what is stored in it, where it holds one of several choices. */
function columnOf(object: CompiledObject, name: string, locale: string) {
  const field = object.field.get(name)
  if (!field) return { name, label: name }
  const options = [...field.optionByValue.values()].map(({ value, label }) => ({
    value,
    label: inLocale(label, locale),
  }))
  return { name, label: inLocale(field.label, locale), ...(options.length > 0 && { options }) }
}

export async function planPipeline(scene: Scene): Promise<Plan> {
  const { object, widget, context, period } = scene
  const pipeline = pipelineOf(scene)
  const amount = object.roles.amount
  const seesAmounts = amount !== undefined && fieldAccess(atBest(context.policy), object, amount) !== 'hidden'
  const measures: Measure[] = [{ op: 'count' }, ...(seesAmounts ? [{ op: 'sum' as const, field: amount }] : [])]
  const group = { field: widget.groupBy?.field ?? pipeline.field }
  return {
    questions: [await ask(scene, [group], measures, period)],
    finish([answer]) {
      const cells = new Map(cellsOf(measures, answer!).map((cell) => [cell.keys[0], cell]))
      return {
        pipeline: pipeline.key,
        stages: pipeline.stages.map(({ value, label, color, kind }) => {
          const cell = cells.get(value)
          const [count, sum] = valuesOf(measures, cell ? [cell] : []) as [number, Value | undefined]
          return {
            value,
            label: inLocale(label, context.locale),
            color: color ?? object.field.get(pipeline.field)?.optionByValue.get(value)?.color ?? null,
            kind: kind ?? 'open',
            count,
            sum: sum ?? null,
            filter: { field: pipeline.field, op: 'eq', value },
          }
        }),
      }
    },
  }
}

/** The one that the widget names by its field; the main one unless said. */
function pipelineOf({ object, widget }: Scene): PipelineDefinition {
  const field = widget.groupBy?.field
  const found = object.pipelines.find((one) => field === undefined || one.field === field)
  if (found) return found
  throw validationError([
    { field: 'object', message: `${object.slug} has no pipeline${field ? ` over “${field}”` : ''}` },
  ])
}

export function planCalendar(scene: Scene): Plan {
  const { context, object, clock, dateField } = scene
  if (!dateField) throw missing('period.field', scene.widget)
  const days = scene.period ?? daysOf({ preset: 'thisWeek' }, clock)
  const end = object.roles.startsAt === dateField ? object.roles.endsAt : undefined
  const color = object.pipelines[0]?.field
  const names = [dateField, ...(end ? [end] : []), ...(color ? [color] : [])]
  const known = names.filter(
    (name) => isSystemAttribute(name) || fieldAccess(atBest(context.policy), object, name) !== 'hidden',
  )
  const filter = filterOn(scene, days)
  return readLater(async () => {
    const wanted = { filter, sort: [dateField], limit: mostEntries, names: known }
    const { records, total } = await recordsOf(scene, wanted)
    return {
      from: days.from,
      to: days.to,
      entries: records.map((record) => ({
        id: record.id,
        object: object.slug,
        title: String(record.title ?? ''),
        start: String(record[dateField]),
        end: endOf(record[end ?? '']),
        allDay: object.field.get(dateField)?.type === 'date',
        color: object.field.get(color ?? '')?.optionByValue.get(String(record[color ?? '']))?.color ?? null,
      })),
      isTruncated: total > records.length,
    }
  }, filter)
}

/** A moment; how long something takes says nothing to a calendar that only lists. */
const endOf = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value : null

/** What the person who asks has to do. */
export function planTasks(scene: Scene): Plan {
  const { object, today, widget } = scene
  const { dueAt } = object.roles
  const mine = allFilters([scene.filter, { field: 'ownerId', op: 'eq', value: { me: true } }, stillOpen(object)])
  const due = (op: string, day: string) =>
    allFilters([mine, dueAt ? { field: dueAt, op, value: day } : { not: { and: [] } }])
  const [overdue, dueToday] = [due('lt', today), due('eq', today)]
  return readLater(async () => {
    const limit = Math.min(widget.limit ?? usualRecords, mostRecords)
    const names = ['title', ...(dueAt ? [dueAt] : []), ...(object.roles.stage ? [object.roles.stage] : [])]
    const wanted = { sort: dueAt ? [dueAt] : ['createdAt'], names }
    const { records, total } = await recordsOf(scene, { ...wanted, filter: mine, limit })
    const count = async (filter: unknown) => (await recordsOf(scene, { ...wanted, filter, limit: 1 })).total
    return {
      object: object.slug,
      open: total,
      overdue: await count(overdue),
      today: await count(dueToday),
      filters: { open: mine, overdue, today: dueToday },
      records,
    }
  }, mine)
}

/** The workspace's object of tasks. */
export function taskObject({ context }: Pick<Scene, 'context'>): CompiledObject {
  const object = openTaskObject(context)
  if (object) return object
  throw new AppError('NOT_FOUND', 'This workspace has no tasks, or they are not open to you.')
}

/** Undefined where there is none, or it is closed to the caller. */
export const openTaskObject = ({ model, policy }: Scene['context']): CompiledObject | undefined =>
  model.objects.find(({ activity, slug }) => activity === 'task' && policy.objects.has(slug))

function stillOpen({ pipelines }: CompiledObject): unknown {
  const [pipeline] = pipelines
  const ended = pipeline?.stages.filter(({ kind }) => kind === 'won' || kind === 'lost').map(({ value }) => value) ?? []
  return pipeline && ended.length > 0 ? { field: pipeline.field, op: 'nin', value: ended } : null
}
