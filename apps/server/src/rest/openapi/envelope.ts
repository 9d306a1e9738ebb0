/** What is the same for all operations: envelopes, errors, the shapes of composite values, and how to sign in. */
import type { ErrorCode } from '@oneforge/kernel/errors'
import { type JsonSchema, nullable, refTo } from './schemas.ts'

interface ErrorDescription {
  status: number
  name: string
  description: string
}

/** Every code that an error may have, with the name of its response under `components/responses`. */
export const errors: Record<ErrorCode | 'INTERNAL', ErrorDescription> = {
  VALIDATION_ERROR: {
    status: 400,
    name: 'BadRequest',
    description: 'Something in the request is wrong; `details` names each field.',
  },
  UNAUTHENTICATED: { status: 401, name: 'Unauthenticated', description: 'No valid token came with the request.' },
  FORBIDDEN: { status: 403, name: 'Forbidden', description: 'The caller’s roles do not allow this.' },
  NOT_FOUND: { status: 404, name: 'NotFound', description: 'It does not exist, or the caller may not know of it.' },
  METHOD_NOT_ALLOWED: {
    status: 405,
    name: 'MethodNotAllowed',
    description: 'The header Allow names the methods that are possible here.',
  },
  CONFLICT: {
    status: 409,
    name: 'Conflict',
    description:
      'A stale version (then `current` is the record as it is now), a duplicate, or a state that rules it out.',
  },
  PAYLOAD_TOO_LARGE: { status: 413, name: 'PayloadTooLarge', description: 'The body is larger than the server takes.' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    name: 'UnsupportedMediaType',
    description: 'The body is of a type that is not understood here.',
  },
  IDEMPOTENCY_MISMATCH: {
    status: 422,
    name: 'IdempotencyMismatch',
    description: 'The Idempotency-Key was used for a different request.',
  },
  LOCKED: {
    status: 423,
    name: 'Locked',
    description: 'The account is locked after too many wrong passwords; Retry-After says for how long.',
  },
  RATE_LIMIT_EXCEEDED: {
    status: 429,
    name: 'TooManyRequests',
    description: 'Too many requests; Retry-After says when there is room again.',
  },
  INTERNAL: { status: 500, name: 'Internal', description: 'Our fault; the request id finds it in the server’s log.' },
  UNAVAILABLE: { status: 503, name: 'Unavailable', description: 'Not possible at the moment; try again.' },
}

const text: JsonSchema = { type: 'string' }
const whole: JsonSchema = { type: 'integer' }
const uuid: JsonSchema = { type: 'string', format: 'uuid' }
const object = (properties: Record<string, JsonSchema>, optional: string[] = []): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  properties,
})

export const envelopeSchemas: Record<string, JsonSchema> = {
  Meta: object({ timestamp: { type: 'string', format: 'date-time' }, requestId: text }),
  PagePagination: object({
    page: whole,
    limit: whole,
    total: whole,
    totalPages: whole,
    hasNext: { type: 'boolean' },
    hasPrev: { type: 'boolean' },
  }),
  CursorPagination: object({
    limit: whole,
    nextCursor: { ...nullable(text), description: 'Send it as `cursor` for what follows; null at the end.' },
    hasNext: { type: 'boolean' },
  }),
  Error: object({
    success: { const: false },
    error: object(
      {
        code: { type: 'string', enum: Object.keys(errors) },
        message: { ...text, description: 'For the person who must act on it.' },
        details: { type: 'array', items: object({ field: text, message: text }) },
        current: { description: 'With a stale version: the record as it is now.' },
      },
      ['current'],
    ),
    meta: refTo('Meta'),
  }),
  Filter: {
    description: 'The filter language: a condition, or conditions joined by and, or, not.',
    anyOf: [
      object({ and: { type: 'array', items: refTo('Filter') } }),
      object({ or: { type: 'array', items: refTo('Filter') } }),
      object({ not: refTo('Filter') }),
      object({ field: text, op: text, value: {} }, ['value']),
    ],
    examples: [{ and: [{ field: 'status', op: 'in', value: ['New', 'Active'] }] }],
  },
}

/** Values of fields that are more than a text or a number. */
export const valueSchemas: Record<string, JsonSchema> = {
  Money: object({
    amount: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$', description: 'A decimal in a string, never a float.' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217.' },
  }),
  Address: {
    type: 'object',
    properties: Object.fromEntries(
      ['street', 'street2', 'city', 'region', 'postalCode', 'country'].map((key) => [key, nullable(text)]),
    ),
  },
  RecordLink: object({ id: uuid, object: text, title: nullable(text) }),
  FileValue: object({ id: uuid, name: text, size: whole, type: text, version: whole, thumbnail: { type: 'boolean' } }),
}

const requestIdHeader = { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } }
export const answerHeaders = requestIdHeader

export const headers = {
  'X-Request-Id': { description: 'Names this request in the server’s log; yours, if you sent one.', schema: text },
  'Retry-After': { description: 'Seconds.', schema: whole },
}

/** One response for each error code. */
export const responses = Object.fromEntries(
  Object.entries(errors).map(([code, { name, description }]) => [
    name,
    {
      description: `\`${code}\` ${description}`,
      headers: {
        ...requestIdHeader,
        ...(['LOCKED', 'RATE_LIMIT_EXCEEDED'].includes(code)
          ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
          : {}),
      },
      content: { 'application/json': { schema: refTo('Error') } },
    },
  ]),
)

export const securitySchemes = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of /auth/login or /auth/register: good for 15 minutes, renewed by /auth/refresh.',
  },
  apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'ofk_…', description: 'An API key, for programs.' },
}

/** The envelope of one answer's data; `pagination` for lists. */
export function envelope(data: JsonSchema, pagination?: { schema: JsonSchema; required: boolean }): JsonSchema {
  const properties = {
    success: { const: true },
    data,
    ...(pagination ? { pagination: pagination.schema } : {}),
    meta: refTo('Meta'),
  }
  return object(properties, pagination?.required ? [] : ['pagination'])
}
