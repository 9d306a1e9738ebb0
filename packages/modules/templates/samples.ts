/** Sample records: made through the record store like any others, so they obey the same rules. */
import { systemPolicy } from '@oneforge/kernel/access'
import { conflict } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { createRecords, type ItemResult, updateRecords, withoutRulesOverLinks } from '@oneforge/kernel/records'
import { resolveSampleDate, resolveSampleMoment, type SampleRecord, type Template } from '@oneforge/templates'
import { Temporal } from 'temporal-polyfill'

interface Made {
  id: string
  object: CompiledObject
  links: Record<string, unknown>
}

/** Creates the template's sample records; links among them are set once all of them exist. Throws if one is refused. */
export async function loadSamples(context: OperationContext, template: Template): Promise<number> {
  const idOfRef = new Map<string, string>()
  const made: Made[] = []
  for (const [slug, samples] of Object.entries(template.samples)) {
    const object = context.model.object.get(slug)
    if (!object) continue
    const results = await createRecords(
      permissive(context),
      // Links come in a second step, so what asks for them has to wait.
      withoutRulesOverLinks(context.model, object),
      samples.map((sample) => valuesOf(context, object, sample)),
      { sample: true },
    )
    results.forEach((result, index) => {
      const sample = samples[index]!
      const id = idOrThrow(result, slug)
      idOfRef.set(sample.ref, id)
      made.push({ id, object, links: linksOf(object, sample) })
    })
  }
  await linkSamples(context, made, idOfRef)
  return made.length
}

/** Whoever may choose the template may load its samples, whatever their role says of single objects. */
function permissive(context: OperationContext): OperationContext {
  return { ...context, source: 'template', policy: { ...systemPolicy(context.model), userId: context.policy.userId } }
}

function valuesOf(context: OperationContext, object: CompiledObject, sample: SampleRecord): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const today = Temporal.Instant.from(context.now.toISOString())
    .toZonedDateTimeISO(context.model.timeZone)
    .toPlainDate()
  for (const [key, value] of Object.entries(sample)) {
    const field = object.field.get(key)
    if (!field || field.type === 'relation') continue
    if (field.type === 'date' && isRelative(value)) values[key] = resolveSampleDate(value, today)
    else if (field.type === 'datetime' && isRelative(value))
      values[key] = resolveSampleMoment(value, today, context.model.timeZone)
    else if (field.type === 'user') values[key] = value === 'me' ? context.actor.userId : null
    else values[key] = value
  }
  if (sample._owner !== 'me') values.ownerId = null
  return values
}

const isRelative = (value: unknown): value is string => typeof value === 'string' && value.startsWith('today')

function linksOf(object: CompiledObject, sample: SampleRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sample).filter(([key]) => object.field.get(key)?.type === 'relation'))
}

async function linkSamples(context: OperationContext, made: Made[], idOfRef: Map<string, string>): Promise<void> {
  const byObject = Map.groupBy(
    made.filter((record) => Object.keys(record.links).length > 0),
    (record) => record.object,
  )
  for (const [object, records] of byObject) {
    const changes = records.map(({ id, links }) => ({ id, input: resolveRefs(links, idOfRef) }))
    const results = await updateRecords(permissive(context), object, changes)
    for (const result of results) idOrThrow(result, object.slug)
  }
}

function resolveRefs(links: Record<string, unknown>, idOfRef: Map<string, string>): Record<string, unknown> {
  const idOf = (ref: unknown) => idOfRef.get(String(ref).replace(/^@/, ''))
  return Object.fromEntries(
    Object.entries(links).map(([key, value]) => [key, Array.isArray(value) ? value.map(idOf) : idOf(value)]),
  )
}

function idOrThrow(result: ItemResult, slug: string): string {
  if (result.success) return result.id
  throw conflict(
    `The samples do not fit the workspace as it is now: one of ${slug} was refused (${result.error.message}). Remove those that are there already, or make ${slug} as the template has it.`,
  )
}
