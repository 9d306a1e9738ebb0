/** Fields in another type, and other names for fields and objects. */
import { fieldTypes } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { objectShape } from '../workspace/index.ts'
import { changedObject } from './changed.ts'
import { requireUnchanged } from './concurrent-changes.ts'
import { convertField } from './conversion.service.ts'
import { renameField, renameObject } from './renaming.service.ts'

const tag = 'Objects and fields'
const administrator = { admin: 'objects' } as const
const objectPath = z.object({ object: z.string() })
const fieldPath = objectPath.extend({ key: z.string() })
const version = z.int().optional().describe('The version the change was made on: If-Match')
const option = z.object({ value: z.string(), label: z.looseObject({ en: z.string() }) })

const conversion = z
  .object({
    dryRun: z.boolean(),
    jobId: z.uuid().nullable().describe('Fills in the values; null where there were none to fill.'),
    checked: z.int().describe('How many values were tried, of large objects not all.'),
    total: z.int(),
    convertible: z.int(),
    lost: z.int().describe('Values that mean nothing in the new type: they are kept for the way back.'),
    samples: z.array(z.object({ id: z.uuid(), recordNumber: z.string(), value: z.string(), reason: z.string() })),
    options: z.array(option),
  })
  .meta({ id: 'FieldConversion' })

export const reshapingOperations: AnyOperation[] = [
  defineOperation({
    name: 'fields.convert',
    kind: 'command',
    tag,
    summary: 'Give a field another type',
    description:
      'A job fills in the values while everybody goes on reading and writing; then the field changes at once.',
    access: administrator,
    input: fieldPath.extend({
      version,
      type: z.enum(fieldTypes),
      options: z
        .array(z.strictObject({ value: z.string().min(1).max(200), label: z.string().max(200).optional() }))
        .max(500)
        .optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be a currency code such as EUR')
        .optional(),
      dryRun: z.boolean().default(false),
    }),
    output: conversion,
    cost: 10,
    http: { method: 'POST', path: '/objects/{object}/fields/{key}/convert', ifMatch: true },
    async handler(context, { object, key, version: seen, options, ...input }) {
      await requireUnchanged(context, object, seen)
      const given = options?.map(({ value, label = value }) => ({ value, label: { en: label } }))
      return convertField(context, object, key, { ...input, ...(given ? { options: given } : {}) })
    },
  }),
  defineOperation({
    name: 'fields.rename',
    kind: 'command',
    tag,
    summary: 'Give a field another key; all that names it follows',
    access: administrator,
    input: fieldPath.extend({
      version,
      name: z.string({ error: 'is required' }).regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be snake_case, such as full_name'),
    }),
    output: objectShape,
    http: { method: 'POST', path: '/objects/{object}/fields/{key}/rename', ifMatch: true },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await renameField(context, input.object, input.key, input.name)
      return changedObject(context, input.object)
    },
  }),
  defineOperation({
    name: 'objects.rename',
    kind: 'command',
    tag,
    summary: 'Give an object another slug; all that names it follows',
    access: administrator,
    input: objectPath.extend({
      version,
      name: z
        .string({ error: 'is required' })
        .regex(/^[a-z][a-z0-9_]{1,62}$/, 'must be snake_case in the plural, such as test_results'),
    }),
    output: objectShape,
    http: { method: 'POST', path: '/objects/{object}/rename', ifMatch: true },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await renameObject(context, input.object, input.name)
      return changedObject(context, input.name)
    },
  }),
]
