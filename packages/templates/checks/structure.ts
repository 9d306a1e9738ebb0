import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import schema from '../template.schema.json' with { type: 'json' }
import { type Problem, quoted } from './problem.ts'
import { suggestion } from './suggestion.ts'

const validate = new Ajv2020({ allErrors: true, verbose: true, discriminator: true }).compile(schema)

/** Keywords that only repeat what another error says better. */
const followsAnother = new Set(['propertyNames', 'if'])

/** What the JSON Schema has against a value, in words. Only a value without such problems is worth looking at closely. */
export function checkStructure(value: unknown): Problem[] {
  validate(value)
  return (validate.errors ?? []).filter(({ keyword }) => !followsAnother.has(keyword)).map(describe)
}

function describe(error: ErrorObject): Problem {
  const path = pathOf(error.instancePath)
  const parent = error.parentSchema as { properties?: object; description?: string }
  const meaning = parent.description ? `: ${parent.description}` : ''
  switch (error.keyword) {
    case 'required':
      return { path: joined(path, error.params.missingProperty), message: `is missing${requiredOf(error)}` }
    case 'additionalProperties': {
      const name: string = error.params.additionalProperty
      const message = `"${name}" is not known here${suggestion(name, Object.keys(parent.properties ?? {}))}`
      return { path: joined(path, name), message }
    }
    case 'enum':
      return { path, message: `${quoted(error.data)} is not one of the values allowed here${closest(error)}` }
    case 'discriminator': {
      const types = discriminated(error)
      const name = error.params.tagValue
      return {
        path: joined(path, 'type'),
        message: `${quoted(name)} is not one of the types${suggestion(String(name), types)}`,
      }
    }
    case 'pattern': {
      // A bad property name is reported at the object that holds it; the name says more than the object.
      const name = error.propertyName
      return {
        path: name === undefined ? path : joined(path, name),
        message: `${quoted(name ?? error.data)} should be otherwise${meaning}`,
      }
    }
    default:
      return { path, message: `${quoted(error.data)} ${error.message ?? 'is not valid'}${meaning}` }
  }
}

function requiredOf(error: ErrorObject): string {
  const required = error.schema as string[]
  return required.length > 1 ? `; needed here: ${required.join(', ')}` : ''
}

const closest = (error: ErrorObject): string => suggestion(String(error.data), (error.schema as unknown[]).map(String))

function discriminated(error: ErrorObject): string[] {
  const { oneOf } = error.parentSchema as { oneOf: { properties: { type: { const: string } } }[] }
  return oneOf.map((branch) => branch.properties.type.const)
}

/** JSON pointer to the notation of code: `/objects/2/fields` is `objects[2].fields`. */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : joined(path, part)), '')
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
