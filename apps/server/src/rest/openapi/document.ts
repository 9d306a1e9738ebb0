/** The OpenAPI 3.1 document: made from the operations, so it cannot say anything else than what the server does. */
import type { OperationRegistry } from '@oneforge/kernel/operations'
import { envelopeSchemas, headers, responses, securitySchemes, valueSchemas } from './envelope.ts'
import { examples } from './examples.ts'
import { addObjects, type Viewer } from './objects.ts'
import { type DescribedOperation, describeOperation, sharedParameters } from './operation.ts'
import { type JsonSchema, SchemaCollection } from './schemas.ts'

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: object
  servers: { url: string }[]
  security: object[]
  tags: { name: string; description?: string }[]
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, JsonSchema>; [kind: string]: object }
}

const about = `OneForge keeps the objects that a workspace's template and its administrators define, so the paths of records
take the object as a parameter: \`/{object}\` is \`/patients\`, \`/deals\` and so on. **Asked with a token, this document
names the objects and fields of the caller's own workspace.**

Answers come in an envelope: \`success\`, \`data\`, \`meta\`, and \`pagination\` for lists; errors carry a \`code\`, a
\`message\` for people and \`details\` for fields. Times are RFC 3339 in UTC, money is a decimal in a string.`

/** What is the same for everybody. */
export function describeApi(registry: OperationRegistry, version: string): OpenApiDocument {
  const schemas = new SchemaCollection({ ...envelopeSchemas, ...valueSchemas })
  const paths: OpenApiDocument['paths'] = {}
  for (const operation of registry.operations) {
    const { path, method } = operation.http
    const described = describeOperation(operation, schemas, examples[operation.name])
    paths[path] = { ...paths[path], [method.toLowerCase()]: described }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'OneForge', version, description: about, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
    tags: [...new Set(registry.operations.map((operation) => operation.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.named,
      parameters: sharedParameters,
      headers,
      responses,
      securitySchemes,
    },
  }
}

/** The same with the objects of the caller's workspace, as far as the caller may see them. */
export function describeWorkspace(api: OpenApiDocument, viewer: Viewer): OpenApiDocument {
  const document = structuredClone(api)
  addObjects(document, viewer)
  return document
}
