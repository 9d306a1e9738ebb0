/** A tenant's own objects in the document: a schema for each, and paths that name it. */
import { type AccessPolicy, atBest, scopeOf } from '@oneforge/kernel/access'
import { type CompiledField, type CompiledObject, inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import { accessOfField, relationAccess } from '@oneforge/kernel/records'
import { exampleOf, inverseSchema, isAlwaysRequired, isWritable, readSchema, writeSchema } from './fields.ts'
import type { DescribedOperation } from './operation.ts'
import { type JsonSchema, nullable, refTo } from './schemas.ts'

export interface Viewer {
  model: TenantModel
  policy: AccessPolicy
  locale: string
}

type Paths = Record<string, Record<string, DescribedOperation>>

interface Document {
  paths: Paths
  tags: { name: string; description?: string }[]
  components: { schemas: Record<string, JsonSchema> }
}

/** Adds the objects that the caller may read to a document that is theirs alone. */
export function addObjects(document: Document, viewer: Viewer): void {
  const generic = Object.entries(document.paths).filter(([path]) => servesEachObject(path))
  for (const object of viewer.model.objects.filter((object) => scopeOf(viewer.policy, object, 'read'))) {
    const names = schemaNames(object, document.components.schemas)
    Object.assign(document.components.schemas, {
      [names.read]: recordSchema(viewer, object, document.components.schemas.Record!),
      [names.create]: inputSchema(viewer, object, 'create'),
      [names.update]: inputSchema(viewer, object, 'update'),
    })
    const tag = { name: inLocale(object.labelPlural, viewer.locale), description: objectDescription(object, viewer) }
    document.tags.push(tag)
    for (const [path, methods] of generic) {
      document.paths[path.replace('{object}', object.slug)] = mapValues(methods, (operation) =>
        specialise(operation, object, names, tag.name),
      )
    }
  }
}

/** Links lead to records of another object, so they stay general. */
const servesEachObject = (path: string): boolean => /^\/\{object\}(\/|$)/.test(path) && !path.includes('{relation}')

interface SchemaNames {
  read: string
  create: string
  update: string
}

/** medical_records → MedicalRecords, MedicalRecordsCreate, MedicalRecordsUpdate. */
function schemaNames(object: CompiledObject, taken: Record<string, JsonSchema>): SchemaNames {
  const plain = object.slug.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
  const isTaken = [plain, `${plain}Create`, `${plain}Update`].some((name) => name in taken)
  const read = isTaken ? `${plain}Object` : plain
  return { read, create: `${read}Create`, update: `${read}Update` }
}

const objectDescription = (object: CompiledObject, { locale }: Viewer): string =>
  object.description ? inLocale(object.description, locale) : `Records of \`${object.slug}\`.`

/** What any record may have; only what every record shows is there always. */
function recordSchema(viewer: Viewer, object: CompiledObject, record: JsonSchema): JsonSchema {
  const { locale } = viewer
  const someRecord = { ...viewer, policy: atBest(viewer.policy) }
  const shownBy = (who: Viewer) => (field: CompiledField) => accessOfField(who, object, field) !== 'hidden'
  const fields = object.fields.filter(shownBy(someRecord))
  const always = object.fields.filter(shownBy(viewer))
  const attributes = mapValues(record.properties as Record<string, JsonSchema>, (schema, name) =>
    name === 'ownerId' || name === 'locationId' ? schema : { ...schema, readOnly: true },
  )
  attributes.object = { const: object.slug, readOnly: true }
  const values = Object.fromEntries(
    fields.map((field) => [field.key, readSchema(field, locale, accessOfField(someRecord, object, field) !== 'write')]),
  )
  return {
    title: inLocale(object.label, locale),
    type: 'object',
    required: [...(record.required as string[]), ...always.map((field) => field.key)],
    properties: { ...attributes, ...values },
  }
}

function inputSchema(viewer: Viewer, object: CompiledObject, verb: 'create' | 'update'): JsonSchema {
  const { locale } = viewer
  const someRecord = { ...viewer, policy: atBest(viewer.policy) }
  const fields = object.fields.filter(
    (field) => isWritable(field) && accessOfField(someRecord, object, field) === 'write',
  )
  const inverse = object.relations.filter(
    (relation) => relation.direction === 'in' && relationAccess(someRecord, object, relation) === 'write',
  )
  const required = fields.filter(isNeeded).map((field) => field.key)
  const id: JsonSchema = { type: 'string', format: 'uuid' }
  return {
    title: inLocale(object.label, locale),
    type: 'object',
    ...(verb === 'create' && required.length > 0 ? { required } : {}),
    properties: {
      ...Object.fromEntries(fields.map((field) => [field.key, inputOf(field, locale, verb)])),
      ...Object.fromEntries(inverse.map((relation) => [relation.key, inverseSchema(relation, locale)])),
      ownerId: nullable(id),
      locationId: nullable(id),
      ...(object.pipelines.length > 0 ? { stageMoves: stageMovesSchema } : {}),
    },
    additionalProperties: false,
    examples: [exampleRecord(fields, verb)],
  }
}

/** What is said of moves through pipelines, by their keys. */
const stageMovesSchema: JsonSchema = {
  type: 'object',
  description: 'Why a record moves, and what of the checklist is done with the move, by the key of the pipeline',
  additionalProperties: {
    type: 'object',
    properties: {
      reason: { type: 'string' },
      note: { type: 'string' },
      done: { type: 'array', items: { type: 'string' } },
    },
    additionalProperties: false,
  },
}

const isNeeded = (field: CompiledField): boolean => isAlwaysRequired(field) && field.default === undefined

function inputOf(field: CompiledField, locale: string, verb: 'create' | 'update'): JsonSchema {
  const { default: standard, ...schema } = writeSchema(field, locale)
  return verb === 'create' && standard !== undefined ? { ...schema, default: standard } : schema
}

/** Of a new record what it cannot do without, of a change one field. */
function exampleRecord(fields: CompiledField[], verb: 'create' | 'update'): JsonSchema {
  const simple = fields.filter((field) => !['relation', 'user', 'file'].includes(field.type))
  const shown = verb === 'create' ? fields.filter(isNeeded) : simple.slice(0, 1)
  return Object.fromEntries(shown.map((field) => [field.key, exampleOf(field)]))
}

/** The general operation for one object: its path parameter gone, its records typed. */
function specialise(
  operation: DescribedOperation,
  object: CompiledObject,
  names: SchemaNames,
  tag: string,
): DescribedOperation {
  const isChange = ['records.update', 'records.bulkUpdate'].includes(operation.operationId)
  const { requestBody, ...rest } = operation
  const typed = {
    ...typeRecords(rest, names.read),
    ...(requestBody ? { requestBody: typeData(requestBody, isChange ? names.update : names.create) } : {}),
  } as DescribedOperation
  return {
    ...typed,
    operationId: `${operation.operationId}.${object.slug}`,
    tags: [tag],
    parameters: typed.parameters.flatMap((parameter) => {
      if ('$ref' in parameter || parameter.in !== 'path') return [withConditions(parameter, object)]
      return parameter.name === 'object' ? [] : [parameter]
    }),
  }
}

/** The filters of a list, by the names of the object's own fields. */
function withConditions(
  parameter: DescribedOperation['parameters'][number],
  object: CompiledObject,
): DescribedOperation['parameters'][number] {
  if (parameter.$ref !== '#/components/parameters/Conditions') return parameter
  const filterable = object.fields.filter(
    (field) => !['file', 'json', 'address', 'richtext', 'checklist'].includes(field.type),
  )
  return {
    name: 'conditions',
    in: 'query',
    description: 'Filters by field: `status=New,Active` (one of), `score[gte]=50`; see the list of any object.',
    schema: {
      type: 'object',
      properties: Object.fromEntries(filterable.map((field) => [field.key, { type: 'string' }])),
      additionalProperties: { type: 'string' },
    },
    style: 'form',
    explode: true,
  }
}

function typeRecords<T>(value: T, name: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/components/schemas/Record"', JSON.stringify(refTo(name).$ref)))
}

/** Replaces each schema of a record's data, wherever in the body it stands, and the example that went with it. */
function typeData<T>(value: T, name: string): T {
  if (Array.isArray(value)) return value.map((item) => typeData(item, name)) as T
  if (typeof value !== 'object' || value === null) return value
  if ((value as JsonSchema)['x-record-data']) return refTo(name) as T
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'examples' ? [] : [[key, typeData(inner, name)]])),
  ) as T
}

const mapValues = <A, B>(record: Record<string, A>, change: (value: A, key: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
