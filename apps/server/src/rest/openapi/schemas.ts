/** JSON Schemas of the OpenAPI document, made from the operations' own zod schemas. */
import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** A schema that also allows null; a reference or an enumeration cannot say that by its type. */
export function nullable(schema: JsonSchema): JsonSchema {
  if (typeof schema.type === 'string' && !schema.enum) return { ...schema, type: [schema.type, 'null'] }
  return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] }
}

/** The schemas that stand under `components/schemas`, by name. */
export class SchemaCollection {
  readonly named: Record<string, JsonSchema>

  /** @param given schemas that are written by hand; they win over those of the same name that operations declare. */
  constructor(given: Record<string, JsonSchema>) {
    this.named = { ...given }
  }

  /** The schema of what callers send (`input`) or get (`output`); what has an id becomes a component. */
  add(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
    // Inside of an object, so that a schema with an id is a definition even where it stands alone.
    const whole = z.toJSONSchema(z.object({ it: type }), {
      io,
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => tidy(zodSchema._zod.def.type, jsonSchema as JsonSchema, io),
    }) as unknown as { properties: { it: JsonSchema }; $defs?: Record<string, JsonSchema> }
    const nameOf = new Map(Object.entries(whole.$defs ?? {}).map(([id, schema]) => [id, this.keep(id, schema, io)]))
    return renamed(whole.properties.it, nameOf)
  }

  private keep(id: string, definition: JsonSchema, io: 'input' | 'output'): string {
    const schema = renamed(definition, new Map())
    const existing = this.named[id]
    if (!existing) this.named[id] = schema
    const isOther = io === 'input' && existing && id !== 'Filter' && JSON.stringify(existing) !== JSON.stringify(schema)
    if (!isOther) return id
    this.named[`${id}Input`] = schema
    return `${id}Input`
  }
}

/** What zod says twice or in its own words, in the words of OpenAPI 3.1. */
function tidy(type: string, schema: JsonSchema, io: 'input' | 'output'): void {
  delete schema.id
  // The format says it; the pattern only repeats it at length.
  if (schema.format) delete schema.pattern
  // Any integer that JavaScript holds exactly: no limit that a reader would care for.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (type === 'record') nameKeys(schema)
  if (type === 'undefined' || type === 'void') schema.not = {}
  // Answers may grow: a client ignores what it does not know.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
  if (schema.example !== undefined) {
    schema.examples = [schema.example]
    delete schema.example
  }
}

/** A record whose keys are known is an object with these properties. */
function nameKeys(schema: JsonSchema): void {
  const { propertyNames, additionalProperties } = schema as {
    propertyNames?: JsonSchema
    additionalProperties: unknown
  }
  delete schema.propertyNames
  if (!Array.isArray(propertyNames?.enum)) return
  schema.properties = Object.fromEntries(propertyNames.enum.map((key) => [key, additionalProperties]))
  delete schema.additionalProperties
}

/** Whether nothing at all can be given here: such a property only exists to be refused with a good message. */
export const isNever = (schema: JsonSchema): boolean =>
  JSON.stringify(schema.not) === '{}' ||
  (Array.isArray(schema.anyOf) && schema.anyOf.length > 0 && schema.anyOf.every(isNever))

function renamed<T>(value: T, nameOf: Map<string, string>): T {
  if (Array.isArray(value)) return value.map((item) => renamed(item, nameOf)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key !== '$ref' || typeof inner !== 'string') return [key, renamed(inner, nameOf)]
      const id = inner.replace('#/$defs/', '')
      return [key, refTo(nameOf.get(id) ?? id).$ref]
    }),
  ) as T
}
