/** Formulas while they are being written, and records for which one has no result. */
import { hiddenSource } from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import { circleWith, formulaFunctions } from '@oneforge/kernel/expressions'
import { type CompiledObject, fieldTypes, isComputedKind } from '@oneforge/kernel/metadata'
import { displayText } from '@oneforge/kernel/metadata/values'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { failingRecords, tryFormula } from '@oneforge/kernel/records'
import { z } from 'zod'
import { formulaProblems, namesFor } from './computations.service.ts'

const tag = 'Objects and fields'
const administrator = { admin: 'objects' } as const
const objectPath = z.object({ object: z.string() })

const draft = z.strictObject({
  expression: z.string().max(2_000),
  resultType: z.enum(fieldTypes).optional().describe('What its values are to be; worked out unless named.'),
  currency: z.string().optional().describe('For amounts that name none.'),
  recordId: z.uuid().optional().describe('The record to work it out for.'),
  key: z.string().optional().describe('The field that is being changed.'),
})
type Draft = z.output<typeof draft>

const check = z
  .object({
    resultType: z.enum(fieldTypes).nullable(),
    value: z.unknown().describe('For the record that was named, in the stored form of the result type.'),
    text: z.string().nullable().describe('The value for people.'),
    problems: z.array(
      z.object({ message: z.string(), position: z.object({ start: z.int(), end: z.int() }).nullable() }),
    ),
    names: z
      .array(z.object({ name: z.string(), label: z.string(), type: z.enum(fieldTypes) }))
      .describe('Over two relations at the most; deeper ones can be used as well.'),
    functions: z.array(z.object({ name: z.string(), signature: z.string(), help: z.string() })),
  })
  .meta({ id: 'FormulaCheck' })

function objectOf({ model, policy }: OperationContext, slug: string): CompiledObject {
  const object = model.object.get(slug)
  if (!object || !policy.objects.has(object.slug)) throw notFound(`The object “${slug}”`)
  return object
}

async function checkFormula(context: OperationContext, slug: string, input: Draft): Promise<z.output<typeof check>> {
  const object = objectOf(context, slug)
  const offered = {
    names: namesFor(context, object),
    functions: formulaFunctions.map(({ name, signature, help }) => ({ name, signature, help })),
  }
  const nothing = { resultType: null, value: null, text: null, problems: [], ...offered }
  if (input.expression.trim() === '') return nothing
  const { problems, type } = formulaProblems(context.model, object, input.expression, input.resultType)
  const circle =
    input.key && problems.length === 0 ? circleWith(context.model, object, input.key, input.expression) : []
  if (circle.length > 0) problems.push({ message: `goes in a circle: ${circle.join(' → ')}`, position: null })
  if (problems.length > 0 || !type) return { ...nothing, problems }
  if (!input.recordId) return { ...nothing, resultType: type }
  const field = { type, currency: input.currency, optionByValue: new Map() }
  const outcome = await tryFormula(context, object, input.recordId, input.expression, field)
  const failure = outcome.failure === undefined ? [] : [{ message: outcome.failure, position: null }]
  const { value } = outcome
  const text = value === null ? null : displayText(field, value, context.locale, context.model.timeZone)
  return { ...nothing, resultType: type, value, text, problems: failure }
}

export const formulaOperations: AnyOperation[] = [
  defineOperation({
    name: 'formulas.check',
    kind: 'query',
    tag,
    summary: 'Check a formula, and work it out for a record',
    access: administrator,
    phi: true,
    input: objectPath.extend({ draft }),
    output: check,
    http: { method: 'POST', path: '/objects/{object}/formulas/check', bodyAs: 'draft' },
    handler: (context, input) => checkFormula(context, input.object, input.draft),
  }),
  defineOperation({
    name: 'fields.errors',
    kind: 'query',
    tag,
    summary: 'Records for which a formula has no result, and why',
    access: administrator,
    phi: true,
    input: objectPath.extend({ key: z.string() }),
    output: z
      .object({
        checked: z.int().describe('Records without a value that were tried; 1,000 at the most.'),
        failing: z.int(),
        examples: z.array(
          z.object({ id: z.uuid(), recordNumber: z.string(), title: z.string().nullable(), message: z.string() }),
        ),
      })
      .meta({ id: 'FailingRecords' }),
    http: { method: 'GET', path: '/objects/{object}/fields/{key}/errors' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const field = object.field.get(input.key)
      const kind = field?.computation?.kind
      if (!field || hiddenSource(context.policy, context.model, field) !== undefined) {
        throw notFound(`The field “${input.key}” of ${input.object}`)
      }
      if (!kind || !isComputedKind(kind)) {
        throw validationError([{ field: 'key', message: 'is not a computed field' }])
      }
      return failingRecords(context, object, field)
    },
  }),
]
