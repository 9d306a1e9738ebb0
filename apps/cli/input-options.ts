/** An operation's input schema as command-line options: `otherId` is `--other-id`, lists take commas, the rest JSON. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { UsageError } from './usage-error.ts'

interface InputSchema {
  type?: string
  description?: string
  enum?: unknown[]
  default?: unknown
  items?: { type?: string }
  not?: object
  $ref?: string
  anyOf?: InputSchema[]
}

export function addOptions(command: Command, operation: AnyOperation): void {
  const { properties, required } = inputSchemaOf(operation)
  for (const [name, schema] of Object.entries(properties)) {
    const option = new Option(`--${optionName(name)} ${placeholder(schema)}`, describe(schema))
    option.makeOptionMandatory(required.has(name))
    command.addOption(option)
  }
}

/** The operation's input from the options that were given; values that do not fit are left to the operation to refuse. */
export function inputFrom(operation: AnyOperation, options: Record<string, unknown>): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(inputSchemaOf(operation).properties)) {
    const given = options[camelCase(optionName(name))]
    if (given !== undefined) input[name] = given === true ? true : parsed(name, schema, String(given))
  }
  return input
}

function inputSchemaOf(operation: AnyOperation): { properties: Record<string, InputSchema>; required: Set<string> } {
  const schema = z.toJSONSchema(operation.input, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {}
    },
  }) as { properties?: Record<string, InputSchema>; required?: string[]; $defs?: Record<string, InputSchema> }
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]): [string, InputSchema] => [
    name,
    property.$ref ? { ...schema.$defs![property.$ref.replace('#/$defs/', '')], ...property } : property,
  ])
  // What takes nothing at all is there only to be refused with a good message.
  const usable = properties.filter(([, property]) => !property.not)
  return { properties: Object.fromEntries(usable), required: new Set(schema.required) }
}

const optionName = (name: string): string =>
  name.replaceAll('_', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const camelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const isTextList = (schema: InputSchema): boolean => schema.type === 'array' && schema.items?.type === 'string'
const isNumber = (schema: InputSchema): boolean => schema.type === 'number' || schema.type === 'integer'

function placeholder(schema: InputSchema): string {
  if (schema.type === 'boolean') return '[boolean]'
  if (isTextList(schema)) return '<a,b,…>'
  if (isNumber(schema)) return '<number>'
  return schema.type === 'string' ? '<text>' : '<json>'
}

function describe(schema: InputSchema): string {
  const choices = schema.enum && `one of ${schema.enum.join(', ')}`
  const standard = schema.default === undefined ? undefined : `(${JSON.stringify(schema.default)} unless given)`
  return [schema.description, choices, standard].filter(Boolean).join(' ')
}

function parsed(name: string, schema: InputSchema, given: string): unknown {
  if (schema.type === 'string') return given
  if (schema.type === 'boolean') return given === 'true' ? true : given === 'false' ? false : given
  if (isTextList(schema) && !given.startsWith('[')) return given.split(',').map((part) => part.trim())
  if (isNumber(schema)) return Number.isNaN(Number(given)) ? given : Number(given)
  return json(name, schema, given)
}

/** Where a plain text will do as well, it need not be quoted. */
function json(name: string, schema: InputSchema, given: string): unknown {
  try {
    return JSON.parse(given)
  } catch (error) {
    if (schema.anyOf?.some((one) => one.type === 'string')) return given
    throw new UsageError(`--${optionName(name)} takes JSON: ${(error as Error).message}`)
  }
}
