/** One operation as the document describes it: where each input goes, what comes back, what may go wrong. */
import type { ErrorCode } from '@oneforge/kernel/errors'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { answerHeaders, envelope, errors } from './envelope.ts'
import type { OperationExample } from './examples.ts'
import { isNever, type JsonSchema, refTo, type SchemaCollection } from './schemas.ts'

export interface DescribedParameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  description?: string
  schema?: JsonSchema
  [key: string]: unknown
}

export interface DescribedOperation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security?: object[]
  parameters: (DescribedParameter | { $ref: string })[]
  requestBody?: { required: boolean; content: Record<string, { schema: JsonSchema; [key: string]: unknown }> }
  responses: Record<string, { $ref: string } | { description: string; [key: string]: unknown }>
}

export const sharedParameters: Record<string, DescribedParameter> = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Makes the request run once: a repeat with the same key gets the stored answer.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The version the change was made on, in quotes; 409 when the record has moved on.',
    schema: { type: 'string' },
    example: '"3"',
  },
  UploadOffset: {
    name: 'Upload-Offset',
    in: 'header',
    required: true,
    description: 'Where in the whole the part begins, in bytes.',
    schema: { type: 'integer', minimum: 0 },
  },
  Conditions: {
    name: 'conditions',
    in: 'query',
    description:
      'Any field is a filter of its own name: `status=New,Active` (one of), `score[gte]=50`, `account.industry=Retail`. ' +
      'Operators: eq, ne, gt, gte, lt, lte, in, nin, contains, startsWith, empty, between.',
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    style: 'form',
    explode: true,
  },
}
const shared = (name: keyof typeof sharedParameters) => ({ $ref: `#/components/parameters/${name}` })

/** The input's properties by where a request carries them. */
interface Inputs {
  path: [string, JsonSchema][]
  query: [string, JsonSchema][]
  body: [string, JsonSchema][]
  /** The body itself, not a property of it. */
  wholeBody?: JsonSchema
  required: Set<string>
}

export function describeOperation(
  operation: AnyOperation,
  schemas: SchemaCollection,
  example: OperationExample | undefined,
): DescribedOperation {
  const inputs = sortInputs(operation, schemas.add(operation.input, 'input'))
  const body = requestBody(operation, inputs, example)
  return {
    operationId: operation.name,
    summary: operation.summary,
    ...(describe(operation) ? { description: describe(operation) } : {}),
    tags: [operation.tag],
    ...(operation.access === 'public' ? { security: [] } : {}),
    parameters: parameters(operation, inputs, example),
    ...(body ? { requestBody: body } : {}),
    responses: { ...answer(operation, schemas, inputs), ...failures(operation, body !== undefined) },
  }
}

function describe(operation: AnyOperation): string {
  const needs =
    typeof operation.access === 'object' ? `Needs the administrative permission \`${operation.access.admin}\`.` : ''
  return [operation.description, needs].filter(Boolean).join('\n\n')
}

function sortInputs(operation: AnyOperation, input: JsonSchema): Inputs {
  const { method, path, body, bodyAs, ifMatch } = operation.http
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))
  const inputs: Inputs = { path: [], query: [], body: [], required: new Set() }
  if (!input.properties) {
    inputs.wholeBody = method === 'GET' ? undefined : input
    return inputs
  }
  inputs.required = new Set(input.required as string[] | undefined)
  const rest: [string, JsonSchema][] = []
  for (const [name, schema] of Object.entries(input.properties as Record<string, JsonSchema>)) {
    if (inPath.has(name)) inputs.path.push([name, schema])
    else if (body === 'bytes') continue
    else if (name === bodyAs) inputs.wholeBody = schema
    else if (!(ifMatch && name === 'version') && !isNever(schema)) rest.push([name, schema])
  }
  const isQuery = method === 'GET' || body === 'stream' || (method === 'DELETE' && rest.every(isScalar))
  inputs[isQuery ? 'query' : 'body'].push(...rest)
  return inputs
}

const isScalar = ([, schema]: [string, JsonSchema]): boolean =>
  typeof schema.type === 'string' && !['array', 'object'].includes(schema.type)

function parameters(
  operation: AnyOperation,
  inputs: Inputs,
  example: OperationExample | undefined,
): DescribedOperation['parameters'] {
  const isCommand = operation.kind === 'command'
  const inTenant = operation.access !== 'public' && operation.access !== 'user'
  return [
    ...inputs.path.map(([name, schema]) => pathParameter(name, schema, example?.path?.[name])),
    ...inputs.query.map(([name, schema]) =>
      queryParameter(name, schema, inputs.required.has(name), example?.query?.[name]),
    ),
    ...(operation.http.path === '/{object}' && operation.http.method === 'GET' ? [shared('Conditions')] : []),
    ...(operation.http.ifMatch ? [shared('IfMatch')] : []),
    ...(operation.http.body === 'bytes' ? [shared('UploadOffset')] : []),
    ...(isCommand && inTenant && !operation.http.raw ? [shared('IdempotencyKey')] : []),
  ]
}

function pathParameter(name: string, schema: JsonSchema, example: unknown): DescribedParameter {
  const { description, ...plain } = schema
  return { name, in: 'path', required: true, ...described(description), schema: plain, ...exampleOf(example) }
}

function queryParameter(name: string, schema: JsonSchema, required: boolean, example: unknown): DescribedParameter {
  const { description, ...plain } = schema
  const parameter = { name, in: 'query' as const, ...(required ? { required } : {}), ...described(description) }
  if (name === 'filter') return { ...parameter, content: { 'application/json': { schema: plain } } }
  // A list is one value with commas: sort=-createdAt,full_name
  const style = plain.type === 'array' ? { style: 'form', explode: false } : {}
  return { ...parameter, schema: plain, ...style, ...exampleOf(example) }
}

const described = (description: unknown) => (typeof description === 'string' ? { description } : {})
const exampleOf = (example: unknown) => (example === undefined ? {} : { example })

function requestBody(
  operation: AnyOperation,
  inputs: Inputs,
  example: OperationExample | undefined,
): DescribedOperation['requestBody'] {
  if (operation.http.method === 'GET') return undefined
  if (operation.http.body === 'stream') return uploadBody
  if (operation.http.body === 'bytes') return partBody
  const schema = inputs.wholeBody ?? bodyOf(inputs)
  if (!schema) return undefined
  const isRequired = inputs.wholeBody !== undefined || inputs.body.some(([name]) => inputs.required.has(name))
  const examples =
    example?.body === undefined ? {} : { examples: { default: { summary: example.summary, value: example.body } } }
  return { required: isRequired, content: { 'application/json': { schema, ...examples } } }
}

const uploadBody: DescribedOperation['requestBody'] = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'string', contentMediaType: 'application/octet-stream' } },
      },
    },
    'text/csv': { schema: { type: 'string' } },
    'application/json': { schema: { type: 'object' } },
  },
}

const partBody: DescribedOperation['requestBody'] = {
  required: true,
  content: {
    'application/offset+octet-stream': {
      schema: { type: 'string', contentMediaType: 'application/octet-stream' },
    },
  },
}

function bodyOf({ body, required }: Inputs): JsonSchema | undefined {
  if (body.length === 0) return undefined
  const needed = body.map(([name]) => name).filter((name) => required.has(name))
  return { type: 'object', properties: Object.fromEntries(body), ...(needed.length > 0 ? { required: needed } : {}) }
}

function answer(operation: AnyOperation, schemas: SchemaCollection, inputs: Inputs): DescribedOperation['responses'] {
  const { status = 200, raw, location } = operation.http
  if (status === 204) return { 204: { description: 'Done.', headers: answerHeaders } }
  const data = schemas.add(operation.output, 'output')
  const isEmpty = isNever(data)
  const schema = envelope(isEmpty ? { type: 'null' } : data, paginationOf(data, inputs))
  const json = { 'application/json': { schema } }
  const file = { '*/*': { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } }
  return {
    [status]: {
      description: status === 202 ? 'Accepted: the work goes on, its job tells how far it is.' : 'Success.',
      headers: { ...answerHeaders, ...(location ? { Location: { schema: { type: 'string' } } } : {}) },
      content: raw && (isEmpty || data.type === 'string') ? file : json,
    },
  }
}

/** A list that is asked for by page or by cursor tells its place; one with a limit alone may. */
function paginationOf(data: JsonSchema, inputs: Inputs): { schema: JsonSchema; required: boolean } | undefined {
  if (data.type !== 'array') return undefined
  const asked = new Set([...inputs.query, ...inputs.body].map(([name]) => name))
  const kinds = [
    ...(asked.has('page') ? [refTo('PagePagination')] : []),
    ...(asked.has('cursor') ? [refTo('CursorPagination')] : []),
  ]
  if (kinds.length > 0) return { schema: kinds.length === 1 ? kinds[0]! : { anyOf: kinds }, required: true }
  return asked.has('limit') ? { schema: refTo('CursorPagination'), required: false } : undefined
}

/** What cannot be told from an operation's declaration. A test holds the names to the registry. */
export const furtherErrors: Record<string, ErrorCode[]> = {
  'auth.register': ['FORBIDDEN', 'CONFLICT'],
  'auth.login': ['UNAUTHENTICATED', 'FORBIDDEN', 'LOCKED'],
  'auth.refresh': ['UNAUTHENTICATED'],
  'auth.changePassword': ['LOCKED'],
  'templates.apply': ['NOT_FOUND'],
}

function failures(operation: AnyOperation, hasBody: boolean): DescribedOperation['responses'] {
  const isPublic = operation.access === 'public'
  const codes = new Set<ErrorCode | 'INTERNAL'>([
    'VALIDATION_ERROR',
    ...(isPublic ? [] : (['UNAUTHENTICATED', 'FORBIDDEN'] as const)),
    ...(operation.http.path.includes('{') ? (['NOT_FOUND'] as const) : []),
    ...(operation.kind === 'command' && !isPublic ? (['CONFLICT', 'IDEMPOTENCY_MISMATCH'] as const) : []),
    ...(hasBody ? (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    ...(furtherErrors[operation.name] ?? []),
    'RATE_LIMIT_EXCEEDED',
    'INTERNAL',
    'UNAVAILABLE',
  ])
  const described = [...codes].map((code) => errors[code]).sort((a, b) => a.status - b.status)
  return Object.fromEntries(described.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]))
}
