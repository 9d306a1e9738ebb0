/** Records that start the workflows of a template: with whatever their conditions and texts ask for. */
import type { FieldDefinition, ObjectDefinition } from '@oneforge/kernel/metadata'
import { mergeFields } from '@oneforge/modules/mail-templates'
import type { Template, WorkflowDefinition } from '@oneforge/templates'
import type { ApiClient } from '../client.ts'

type Values = Record<string, unknown>

/** What a path of names has to lead to; `undefined`: anything that is there. */
interface Wanted {
  path: string[]
  value?: unknown
}

let made = 0

export class RecordMaker {
  private readonly client: ApiClient
  private readonly objects: Map<string, ObjectDefinition>

  constructor(client: ApiClient, template: Template) {
    this.client = client
    this.objects = new Map(template.objects.map((object) => [object.slug, object]))
  }

  object(slug: string): ObjectDefinition {
    return this.objects.get(slug)!
  }

  /** Makes a record for the workflow; `values` go before everything. Gives it as the API does. */
  async make(workflow: WorkflowDefinition, values: Values): Promise<Values & { id: string }> {
    const texts = workflow.actions.flatMap((action) => textsOf(action)).flatMap((text) => mergeFields(text))
    const read = texts.filter(([root]) => root === 'record').map(([, ...path]) => ({ path }))
    return this.create(workflow.object, [...read, ...wantedBy(workflow.condition)], values)
  }

  /** What the record lacks to come to the stage that starts the workflow. */
  lackingAt({ object: slug, trigger }: WorkflowDefinition, record: Values): Values {
    if (trigger.type !== 'stage_changed') return {}
    const { fields, pipelines = [] } = this.object(slug)
    const stages = pipelines.flatMap((pipeline) => pipeline.stages)
    const { requires = [] } = stages.find(({ value }) => value === trigger.to)!
    const lacking = fields.filter(({ key }) => requires.includes(key) && record[key] == null)
    return Object.fromEntries(lacking.map((field) => [field.key, this.filled(field, slug)]))
  }

  private async create(slug: string, wanted: Wanted[], given: Values): Promise<Values & { id: string }> {
    const values: Values = {}
    for (const field of this.object(slug).fields) {
      const here = wanted.filter(({ path }) => path[0] === field.key)
      const isRead = here.length > 0 || field.required === true
      if (field.key in given) values[field.key] = given[field.key]
      else if (isRead && field.relation) values[field.key] = await this.linked(field, here)
      else if (here.some(({ value }) => value !== undefined))
        values[field.key] = here.find(({ value }) => value !== undefined)!.value
      else if (isRead && !isMade(field) && (field.default === undefined || field.default === null))
        values[field.key] = this.filled(field, slug)
    }
    return this.client.post(`/${slug}`, values)
  }

  private async linked({ relation }: FieldDefinition, wanted: Wanted[]): Promise<unknown> {
    const onwards = wanted
      .map(({ path: [, ...path], ...rest }) => ({ path, ...rest }))
      .filter(({ path }) => path.length > 0)
    const { id } = await this.create(relation!.object, onwards, {})
    return relation!.many ? [id] : id
  }

  /** Something that the field takes. */
  private filled(field: FieldDefinition, slug: string): unknown {
    made += 1
    switch (field.type) {
      case 'email':
        return `someone-${made}@example.com`
      case 'phone':
        return `+3460011${String(1_000 + made)}`
      case 'url':
        return 'https://example.com/meet'
      case 'date':
        return new Date().toISOString().slice(0, 10)
      case 'datetime':
        return new Date(Date.now() + made * 86_400_000).toISOString()
      case 'money':
        return { amount: '100', currency: 'USD' }
      case 'select':
        return field.options?.[0]?.value ?? this.firstStage(slug, field.key)
      case 'multiselect':
        return [field.options![0]!.value]
      case 'boolean':
        return true
      case 'number':
      case 'integer':
      case 'percent':
      case 'rating':
        return Math.max(1, field.rules?.min ?? 1)
      default:
        return `${field.key} ${made}`
    }
  }

  private firstStage(slug: string, key: string): string {
    return this.object(slug).pipelines!.find(({ field }) => field === key)!.stages[0]!.value
  }
}

/** What the system gives by itself. */
const isMade = ({ type }: FieldDefinition): boolean => ['autonumber', 'formula', 'lookup', 'rollup'].includes(type)

/** All texts of an action with merge fields in them, in all their languages. */
export function textsOf(action: object): string[] {
  return Object.values(action).flatMap((value) => {
    if (typeof value === 'string') return value.includes('{{') ? [value] : []
    return typeof value === 'object' && value !== null ? textsOf(value) : []
  })
}

type Condition = { and?: Condition[]; field?: string; op?: string; value?: unknown }

/** Values with which a condition of a template holds. */
function wantedBy(condition: unknown): Wanted[] {
  const { and, field, op, value } = (condition ?? {}) as Condition
  if (and) return and.flatMap(wantedBy)
  if (!field) return []
  const path = field.split('.')
  if (op === 'eq' || op === 'gte') return [{ path, value }]
  if (op === 'in') return [{ path, value: (value as unknown[])[0] }]
  if (op === 'gt') return [{ path, value: (value as number) + 1 }]
  return op === 'notEmpty' ? [{ path }] : []
}
