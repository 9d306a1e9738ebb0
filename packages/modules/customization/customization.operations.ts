/** Objects, fields and views: the metadata API. */
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { fieldShape, objectCounts, objectShape, presentObject, visibleObjects } from '../workspace/index.ts'
import { arrangementOperations } from './arrangements.operations.ts'
import { changedObject } from './changed.ts'
import { requireUnchanged } from './concurrent-changes.ts'
import * as schema from './customization.schemas.ts'
import * as service from './customization.service.ts'
import { dependentOperations } from './dependents.operations.ts'
import { formulaOperations } from './formulas.operations.ts'
import { optionOperations } from './options.operations.ts'
import { pipelineOperations } from './pipelines.operations.ts'
import { reshapingOperations } from './reshaping.operations.ts'
import { brokenRule, rule } from './rules.schemas.ts'
import { checkRules } from './rules.service.ts'
import { translationOperations } from './translations.operations.ts'
import { versionOperations } from './versions.operations.ts'
import { viewOperations } from './views.operations.ts'

const tag = 'Objects and fields'
const administrator = { admin: 'objects' } as const
const objectPath = z.object({ object: z.string() })
const fieldPath = objectPath.extend({ key: z.string() })
const version = z.int().optional().describe('The version the change was made on: If-Match')
const force = z.stringbool().default(false).describe('Mends whatever depends on it')

async function changedField(
  context: OperationContext,
  slug: string,
  key: string,
): Promise<z.output<typeof fieldShape>> {
  const object = await changedObject(context, slug)
  const field = object.fields.find((one) => one.key === key)
  if (!field) throw notFound(`The field “${key}” of ${slug}`)
  return field
}

export const customizationOperations: AnyOperation[] = [
  defineOperation({
    name: 'objects.list',
    kind: 'query',
    tag,
    summary: 'All objects with their fields, in sidebar order',
    access: 'member',
    input: z.object({}),
    output: z.array(objectShape),
    http: { method: 'GET', path: '/objects' },
    async handler(context) {
      const counts = await objectCounts(context.tx, context.model.tenantId)
      return visibleObjects(context).map((object) => presentObject(context, object, counts))
    },
  }),
  defineOperation({
    name: 'objects.get',
    kind: 'query',
    tag,
    summary: 'One object with its fields, stages and relations',
    access: 'member',
    input: objectPath,
    output: objectShape,
    http: { method: 'GET', path: '/objects/{object}' },
    async handler(context, input) {
      const counts = await objectCounts(context.tx, context.model.tenantId)
      const object = visibleObjects(context).find((one) => one.slug === input.object)
      if (!object) throw notFound(`The object “${input.object}”`)
      context.response.headers.set('ETag', `"${object.changedIn}"`)
      return presentObject(context, object, counts)
    },
  }),
  defineOperation({
    name: 'objects.create',
    kind: 'command',
    tag,
    summary: 'Add an object',
    access: administrator,
    input: schema.newObject,
    output: objectShape,
    http: {
      method: 'POST',
      path: '/objects',
      status: 201,
      location: (output) => `/api/v1/objects/${(output as { slug: string }).slug}`,
    },
    async handler(context, input) {
      await service.createObject(context, input)
      return changedObject(context, input.slug)
    },
  }),
  defineOperation({
    name: 'objects.order',
    kind: 'command',
    tag,
    summary: 'Put the objects of the sidebar in order',
    access: administrator,
    input: z.strictObject({ order: z.array(z.string()).max(500) }),
    output: z.void(),
    http: { method: 'PUT', path: '/objects', status: 204 },
    handler: (context, input) => service.reorderObjects(context, input.order),
  }),
  defineOperation({
    name: 'objects.update',
    kind: 'command',
    tag,
    summary: 'Change labels, icon, order number prefix or roles of an object',
    access: administrator,
    input: objectPath.extend({ version, settings: schema.objectChange }),
    output: objectShape,
    http: { method: 'PATCH', path: '/objects/{object}', ifMatch: true, bodyAs: 'settings' },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.updateObject(context, input.object, input.settings)
      return changedObject(context, input.object)
    },
  }),
  defineOperation({
    name: 'objects.delete',
    kind: 'command',
    tag,
    summary: 'Take an object out of sight',
    access: administrator,
    input: objectPath.extend({ version, force }),
    output: z.void(),
    http: { method: 'DELETE', path: '/objects/{object}', ifMatch: true, status: 204 },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.deleteObject(context, input.object, input.force)
    },
  }),
  defineOperation({
    name: 'objects.checkRules',
    kind: 'query',
    tag,
    summary: 'Count the records that break the rules of an object, or drafts of rules',
    access: administrator,
    input: objectPath.extend({ rules: z.array(rule).max(100).optional() }),
    output: z.array(brokenRule),
    http: { method: 'POST', path: '/objects/{object}/rules/check' },
    handler: (context, input) => checkRules(context, input.object, input.rules),
  }),
  defineOperation({
    name: 'fields.create',
    kind: 'command',
    tag,
    summary: 'Add a field',
    access: administrator,
    input: objectPath.extend({ version, settings: schema.newField }),
    output: fieldShape,
    http: { method: 'POST', path: '/objects/{object}/fields', ifMatch: true, status: 201, bodyAs: 'settings' },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.createField(context, input.object, input.settings)
      return changedField(context, input.object, input.settings.key)
    },
  }),
  defineOperation({
    name: 'fields.order',
    kind: 'command',
    tag,
    summary: 'Put the fields in order',
    access: administrator,
    input: objectPath.extend({ version, keys: z.array(z.string()).max(500) }),
    output: z.void(),
    http: { method: 'PUT', path: '/objects/{object}/fields/order', ifMatch: true, status: 204 },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.reorderFields(context, input.object, input.keys)
    },
  }),
  defineOperation({
    name: 'fields.update',
    kind: 'command',
    tag,
    summary: 'Change a field; key and type stay',
    access: administrator,
    input: fieldPath.extend({ version, settings: schema.fieldChange }),
    output: fieldShape,
    http: { method: 'PATCH', path: '/objects/{object}/fields/{key}', ifMatch: true, bodyAs: 'settings' },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.updateField(context, input.object, input.key, input.settings)
      return changedField(context, input.object, input.key)
    },
  }),
  defineOperation({
    name: 'fields.retire',
    kind: 'command',
    tag,
    summary: 'Take a field out of sight; its values are kept',
    access: administrator,
    input: fieldPath.extend({ version, force }),
    output: z.void(),
    http: { method: 'DELETE', path: '/objects/{object}/fields/{key}', ifMatch: true, status: 204 },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      await service.retireField(context, input.object, input.key, input.force)
    },
  }),
  defineOperation({
    name: 'fields.restore',
    kind: 'command',
    tag,
    summary: 'Bring a retired field back with its values',
    access: administrator,
    input: fieldPath,
    output: fieldShape,
    http: { method: 'POST', path: '/objects/{object}/fields/{key}/restore' },
    async handler(context, input) {
      await service.restoreField(context, input.object, input.key)
      return changedField(context, input.object, input.key)
    },
  }),
  defineOperation({
    name: 'fields.retired',
    kind: 'query',
    tag,
    summary: 'Fields that were taken out of sight',
    access: administrator,
    input: objectPath,
    output: z.array(z.object({ key: z.string(), label: z.string(), type: z.string() })),
    http: { method: 'GET', path: '/objects/{object}/fields/retired' },
    handler: (context, input) => service.listRetiredFields(context, input.object),
  }),
  ...arrangementOperations,
  ...optionOperations,
  ...pipelineOperations,
  ...dependentOperations,
  ...formulaOperations,
  ...reshapingOperations,
  ...translationOperations,
  ...versionOperations,
  ...viewOperations,
]
