import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../server.fixture.ts'
import type { OpenApiDocument } from './openapi/document.ts'
import { exampleId, examples, type OperationExample } from './openapi/examples.ts'
import { type DescribedOperation, furtherErrors } from './openapi/operation.ts'
import type { JsonSchema } from './openapi/schemas.ts'

let server: TestServer
let general: OpenApiDocument
let token: string

interface Answer {
  status: number
  headers: Headers
  body: { success: boolean; data: unknown; error?: { code: string; message: string } }
}

beforeAll(async () => {
  server = await startTestServer()
  general = (await send('GET', '/openapi.json')).body as unknown as OpenApiDocument
})
afterAll(() => server.stop())

describe('the document for everybody', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate({ ...general })
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  it('holds every operation once, under its name', () => {
    const { operations } = server.system.registry
    expect(described(general).map(({ operation }) => operation.operationId)).toEqual(
      expect.arrayContaining(operations.map((operation) => operation.name)),
    )
    for (const { name, http } of operations) {
      expect(general.paths[http.path]?.[http.method.toLowerCase()]?.operationId).toBe(name)
    }
  })

  it('names each parameter of a path', () => {
    for (const { path, operation } of described(general)) {
      const inPath = operation.parameters.flatMap((one) => ('in' in one && one.in === 'path' ? [one.name] : []))
      expect(inPath.sort(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort())
    }
  })

  it('has schemas that a validator can compile', () => {
    for (const { operation } of described(general)) {
      for (const status of Object.keys(operation.responses)) validator(general, operation, status)
    }
  })

  it('gives errors and examples to operations that exist', () => {
    const names = server.system.registry.operations.map((operation) => operation.name)
    expect(names).toEqual(expect.arrayContaining([...Object.keys(examples), ...Object.keys(furtherErrors)]))
  })
})

describe('the examples', () => {
  it.each(Object.entries(examples))('of %s come back as documented', async (name, example) => {
    const found = described(general).find(({ operation }) => operation.operationId === name)!
    const { path, query } = await filledIn(example, found.path)
    const body = JSON.parse(JSON.stringify(example.body ?? null).replaceAll(exampleId, await patientId(example)))
    const answer = await send(found.method, path + query, body ?? undefined)
    expect(answer.body, JSON.stringify(answer.body)).not.toMatchObject({ success: false })
    expectDocumented(general, found.operation, answer)
    expectNothingMore(name, answer)
    if (name === 'auth.register') token = (answer.body.data as { accessToken: string }).accessToken
  })

  it('that are wrong get errors as documented', async () => {
    const wrong: [string, string, string, unknown?, string?][] = [
      ['records.create', 'POST', '/patients', { no_such_field: 1 }],
      ['records.create', 'POST', '/nowhere', {}],
      ['records.create', 'POST', '/patients', {}, 'forged'],
      ['records.list', 'GET', '/patients?no_such_field=1'],
      ['records.get', 'GET', `/patients/${exampleId}`],
      ['records.aggregate', 'POST', '/patients/aggregate', { measures: [{ op: 'median' }] }],
      ['templates.apply', 'POST', '/workspace/template', { template: 'hospital' }],
      ['auth.login', 'POST', '/auth/login', { email: 'ann@example.com', password: 'not the right one' }],
      ['auth.register', 'POST', '/auth/register', examples['auth.register']!.body],
    ]
    for (const [name, method, path, body, forged] of wrong) {
      const { operation } = described(general).find((one) => one.operation.operationId === name)!
      const answer = await send(method, path, body, forged)
      expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
      expectDocumented(general, operation, answer)
    }
  })
})

describe('the document of a workspace', () => {
  let own: OpenApiDocument

  beforeAll(async () => {
    own = (await send('GET', '/openapi.json')).body as unknown as OpenApiDocument
  })

  it('is valid too, with a path and a schema for each object', async () => {
    const { errors } = await new Validator().validate({ ...own })
    expect(errors).toBeUndefined()
    expect(own.paths['/patients']?.post?.operationId).toBe('records.create.patients')
    expect(own.paths['/medical_records/{id}']?.delete).toBeDefined()
    const { Patients, PatientsCreate, PatientsUpdate } = own.components.schemas as Record<string, JsonSchema>
    expect(Patients!.properties).toMatchObject({
      full_name: { type: ['string', 'null'] },
      date_of_birth: { format: 'date' },
      primary_doctor: { anyOf: [{ $ref: '#/components/schemas/RecordLink' }, { type: 'null' }] },
      recordNumber: { readOnly: true },
      object: { const: 'patients' },
    })
    expect(PatientsCreate!.required).toEqual(['full_name', 'date_of_birth', 'phone'])
    expect(PatientsUpdate!.required).toBeUndefined()
  })

  it('describes the records of every object as they are', async () => {
    const objects = (await send('GET', '/workspace')).body.data as { objects: { slug: string }[] }
    let seen = 0
    for (const { slug } of objects.objects) {
      const answer = await send('GET', `/${slug}?limit=50`)
      expectDocumented(own, own.paths[`/${slug}`]!.get!, answer)
      seen += (answer.body.data as unknown[]).length
    }
    expect(seen).toBeGreaterThan(50)
  })

  it('has an example for each object that the server takes', async () => {
    for (const [path, methods] of Object.entries(own.paths)) {
      const operationId = methods.post?.operationId ?? ''
      if (!operationId.startsWith('records.create.')) continue
      const answer = await send('POST', path, await exampleRecord(own, path))
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201)
      expectDocumented(own, methods.post!, answer)
    }
  })

  it('follows a change of the metadata', async () => {
    const field = { key: 'shoe_size', label: 'Shoe size', type: 'integer', rules: { min: 10, max: 60 } }
    expect((await send('POST', '/objects/patients/fields', field)).status).toBe(201)
    const { body } = await send('GET', '/openapi.json')
    const { Patients, PatientsCreate } = (body as unknown as OpenApiDocument).components.schemas
    expect(Patients!.properties).toMatchObject({ shoe_size: { type: ['integer', 'null'], description: 'Shoe size' } })
    expect(PatientsCreate!.properties).toMatchObject({ shoe_size: { minimum: 10, maximum: 60 } })
  })

  it('is refused with a forged token; a page whose cookie is no longer good gets the general one', async () => {
    expect((await send('GET', '/openapi.json', undefined, 'forged')).status).toBe(401)
    const answer = await fetch(`${server.url}/api/v1/openapi.json`, { headers: { cookie: 'of_access=forged' } })
    expect(answer.status).toBe(200)
    expect(((await answer.json()) as OpenApiDocument).paths['/patients']).toBeUndefined()
  })
})

describe('the page', () => {
  it('and all it loads come from this server, without inline scripts', async () => {
    const html = await (await fetch(`${server.url}/api/docs`)).text()
    expect(html).not.toMatch(/<script>|https?:/)
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
    expect(files).toHaveLength(4)
    for (const path of files) {
      const answer = await fetch(server.url + path)
      // Read to the end: the server waits for whom it has not sent everything before it stops.
      expect((await answer.arrayBuffer()).byteLength, path).toBeGreaterThan(0)
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
  })
})

const described = (document: OpenApiDocument) =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )

async function send(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) }
}

let knownPatient: string | undefined

/** The patient that the examples are about. */
async function patientId(example: OperationExample): Promise<string> {
  if (!JSON.stringify(example).includes(exampleId)) return exampleId
  knownPatient ??= ((await send('GET', '/patients?search=ortega')).body.data as { id: string }[])[0]!.id
  return knownPatient
}

async function filledIn(example: OperationExample, template: string): Promise<{ path: string; query: string }> {
  const id = await patientId(example)
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => example.path![name]!.replace(exampleId, id))
  return { path, query: example.query ? `?${new URLSearchParams(example.query)}` : '' }
}

/** The example of the object's schema, its relations and users made to name some that exist. */
async function exampleRecord(document: OpenApiDocument, path: string): Promise<object> {
  const { $ref } = document.paths[path]!.post!.requestBody!.content['application/json']!.schema as { $ref: string }
  const { examples: [example] = [] } = document.components.schemas[$ref.split('/').at(-1)!] as { examples?: object[] }
  const object = (await send('GET', `/objects${path}`)).body.data as {
    fields: { key: string; relation?: { object: string } }[]
  }
  const record: Record<string, unknown> = { ...example }
  for (const field of object.fields.filter((one) => one.relation && one.key in record)) {
    const others = (await send('GET', `/${field.relation!.object}?limit=1`)).body.data as { id: string }[]
    record[field.key] = Array.isArray(record[field.key]) ? [others[0]!.id] : others[0]!.id
  }
  return record
}

const compiled = new Map<unknown, ValidateFunction>()
const compilers = new Map<OpenApiDocument, Ajv2020>()

/** One for each document: what many answers refer to is compiled once. */
function compilerOf(document: OpenApiDocument): Ajv2020 {
  const known = compilers.get(document)
  if (known) return known
  const compiler = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(compiler)
  compiler.addSchema({ components: document.components }, 'document')
  compilers.set(document, compiler)
  return compiler
}

function validator(document: OpenApiDocument, operation: DescribedOperation, status: string): ValidateFunction | null {
  const given = operation.responses[status] as { $ref?: string; content?: Record<string, { schema: JsonSchema }> }
  const response = given.$ref
    ? ((document.components.responses as Record<string, typeof given>)[given.$ref.split('/').at(-1)!] ?? {})
    : given
  const schema = response.content?.['application/json']?.schema
  if (!schema) return null
  const known = compiled.get(schema)
  if (known) return known
  const inDocument = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')
  const validate = compilerOf(document).compile(JSON.parse(inDocument))
  compiled.set(schema, validate)
  return validate
}

function expectDocumented(document: OpenApiDocument, operation: DescribedOperation, answer: Answer): void {
  expect(Object.keys(operation.responses), operation.operationId).toContain(String(answer.status))
  expect(answer.headers.get('x-request-id')).toBeTruthy()
  const validate = validator(document, operation, String(answer.status))
  validate?.(answer.body)
  expect(
    validate ? validate.errors : answer.body,
    `${operation.operationId} ${JSON.stringify(answer.body)?.slice(0, 2000)}`,
  ).toBeNull()
}

/** Schemas of answers let more through than they name; the operations' own leave it out. */
function expectNothingMore(name: string, answer: Answer): void {
  if (answer.status === 204) return
  const { output } = server.system.registry.get(name)!
  expect(output.parse(answer.body.data)).toEqual(answer.body.data)
}
