/** The OpenAPI document as TypeScript: its named schemas, and for each operation what goes in and what comes back. */
import type { OpenApiDocument } from '../apps/server/src/rest/openapi/document.ts'
import type { DescribedOperation, DescribedParameter } from '../apps/server/src/rest/openapi/operation.ts'
import type { JsonSchema } from '../apps/server/src/rest/openapi/schemas.ts'

const head = `// Made by scripts/generate-client.ts from the server's OpenAPI document. Change the operations, not this file.
`

/** The text of packages/client/generated.ts, before it is formatted. */
export function clientTypes(document: OpenApiDocument): string {
  const schemas = sorted(document.components.schemas).map(([name, schema]) => declaration(name, schema))
  const operations = Object.entries(document.paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => operationType(method, path, one)))
    .sort()
  return [head, ...schemas, `export interface Operations {\n${operations.join('\n')}\n}\n`].join('\n')
}

const sorted = <T>(record: Record<string, T>): [string, T][] =>
  Object.entries(record).sort(([a], [b]) => a.localeCompare(b, 'en'))

function declaration(name: string, schema: JsonSchema): string {
  const isInterface = schema.type === 'object' && schema.properties !== undefined
  const text = typeOf(schema)
  return `${comment(schema)}export ${isInterface ? `interface ${name} ${text}` : `type ${name} = ${text}`}\n`
}

const comment = (schema: JsonSchema): string =>
  typeof schema.description === 'string' ? `/** ${schema.description.replaceAll('*/', '* /')} */\n` : ''

function typeOf(schema: JsonSchema): string {
  if (typeof schema.$ref === 'string') return schema.$ref.split('/').at(-1)!
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)))
  if (Array.isArray(schema.anyOf)) return union((schema.anyOf as JsonSchema[]).map(typeOf))
  if (Array.isArray(schema.type)) return union(schema.type.map((type: string) => typeOf({ ...schema, type })))
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `${grouped(typeOf((schema.items ?? {}) as JsonSchema))}[]`
    case 'object':
      return objectType(schema)
    default:
      return 'unknown'
  }
}

const union = (types: string[]): string => (types.includes('unknown') ? 'unknown' : [...new Set(types)].join(' | '))
const grouped = (type: string): string => (type.includes(' | ') ? `(${type})` : type)

function objectType(schema: JsonSchema): string {
  const required = new Set(schema.required as string[] | undefined)
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  const lines = properties.map(
    ([name, property]) =>
      `${comment(property)}${JSON.stringify(name)}${required.has(name) ? '' : '?'}: ${typeOf(property)}`,
  )
  const types = properties.map(([, property]) => typeOf(property))
  return `{\n${[...lines, ...indexSignature(schema.additionalProperties, types)].join('\n')}\n}`
}

/** An index signature has to fit the named properties as well; where it does not, it promises nothing. */
function indexSignature(more: unknown, types: string[]): string[] {
  if (typeof more !== 'object' || more === null) return types.length > 0 ? [] : ['[key: string]: unknown']
  const type = typeOf(more as JsonSchema)
  return [`[key: string]: ${types.every((one) => one === type) ? type : 'unknown'}`]
}

function operationType(method: string, path: string, operation: DescribedOperation): string {
  const parameters = (place: string) =>
    operation.parameters.flatMap((one) => ('in' in one && one.in === place && one.name !== 'conditions' ? [one] : []))
  const inputs = (place: string) => {
    const found = parameters(place)
    if (found.length === 0) return 'never'
    const lines = found.map((one) => `${JSON.stringify(one.name)}${one.required ? '' : '?'}: ${typeOf(schemaOf(one))}`)
    return `{ ${lines.join('; ')} }`
  }
  const body = operation.requestBody?.content['application/json']?.schema
  return `${comment({ description: operation.summary })}${JSON.stringify(operation.operationId)}: {
  method: ${JSON.stringify(method.toUpperCase())}
  path: ${JSON.stringify(path)}
  params: ${inputs('path')}
  query: ${inputs('query')}
  body: ${body ? typeOf(body) : 'never'}
  ${answerTypes(operation)}
}`
}

/** What is JSON inside of a query string stands under its content. */
function schemaOf(parameter: DescribedParameter): JsonSchema {
  const { content } = parameter as { content?: Record<string, { schema: JsonSchema }> }
  return parameter.schema ?? content?.['application/json']?.schema ?? {}
}

function answerTypes(operation: DescribedOperation): string {
  const [, response] = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))!
  const { content } = response as { content?: Record<string, { schema: JsonSchema }> }
  const envelope = content?.['application/json']?.schema
  if (!envelope) return `data: ${content ? 'Blob' : 'undefined'}`
  const { data, pagination } = envelope.properties as Record<string, JsonSchema>
  const isRequired = (envelope.required as string[]).includes('pagination')
  return `data: ${typeOf(data!)}${pagination ? `\n  pagination${isRequired ? '' : '?'}: ${typeOf(pagination)}` : ''}`
}
