/** What administrators do with workflows: they build, check, publish, turn on and off. */
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { workflowOf } from '../stored-form.ts'
import {
  creation,
  definitionInput,
  detail,
  draft,
  duplication,
  problem,
  settings,
  summary,
  wholeVersion,
  workflowVersion,
} from './definitions.schemas.ts'
import type { DefinitionsService } from './definitions.service.ts'
import { findWorkflowVersion, listWorkflowVersions, type VersionRow } from './definitions.store.ts'
import { vocabulary } from './vocabulary.schemas.ts'
import { vocabularyOf } from './vocabulary.ts'

const base = { tag: 'Workflows', access: { admin: 'automation' } } as const

const workflowPath = z.strictObject({ id: z.string() })
const seenDraft = z.int().optional().describe('The version of the draft that was seen: If-Match. 0 for none.')

export function definitionOperations(service: DefinitionsService, registered: () => AnyOperation[]): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'workflows.list',
      kind: 'query',
      summary: 'Workflows, with what runs and waits of them',
      input: z.strictObject({
        search: z.string().max(200).optional(),
        folder: z.string().max(100).optional(),
        object: z.string().max(100).optional(),
      }),
      output: z.array(summary),
      http: { method: 'GET', path: '/workflows' },
      handler: (context, { search, folder, object }) =>
        service.list(context, {
          ...(search === undefined ? {} : { search }),
          ...(folder === undefined ? {} : { folder }),
          ...(object === undefined ? {} : { object }),
        }),
    }),
    defineOperation({
      ...base,
      name: 'workflows.create',
      kind: 'command',
      summary: 'Make a workflow',
      description: 'One with problems is kept as a draft, and does nothing until the draft is published.',
      input: creation,
      output: detail,
      http: { method: 'POST', path: '/workflows', status: 201 },
      handler: (context, { definition, folder, enabled }) =>
        service.create(context, {
          definition,
          ...(folder === undefined ? {} : { folder }),
          ...(enabled === undefined ? {} : { enabled }),
        }),
    }),
    defineOperation({
      ...base,
      name: 'workflows.check',
      kind: 'query',
      summary: 'Tell everything that is wrong with a definition',
      input: z.strictObject({ definition: definitionInput }),
      output: z.object({ problems: z.array(problem) }),
      http: { method: 'POST', path: '/workflows/check' },
      handler: async (context, { definition }) => ({ problems: await service.check(context, definition) }),
    }),
    defineOperation({
      ...base,
      name: 'workflows.vocabulary',
      kind: 'query',
      summary: 'What workflows can be made of in this workspace',
      input: z.strictObject({ object: z.string().max(100).optional() }),
      output: vocabulary,
      http: { method: 'GET', path: '/workflows/vocabulary' },
      handler: (context, { object }) => vocabularyOf(context, object, registered()),
    }),
    defineOperation({
      ...base,
      name: 'workflows.get',
      kind: 'query',
      summary: 'A workflow with its definition and its draft',
      input: workflowPath,
      output: detail,
      http: { method: 'GET', path: '/workflows/{id}' },
      handler: (context, { id }) => service.get(context, id),
    }),
    defineOperation({
      ...base,
      name: 'workflows.update',
      kind: 'command',
      summary: 'Turn a workflow on or off, or put it elsewhere',
      input: workflowPath.extend(settings),
      output: detail,
      http: { method: 'PATCH', path: '/workflows/{id}' },
      handler: (context, { id, ...changes }) => service.change(context, id, changes as never),
    }),
    defineOperation({
      ...base,
      name: 'workflows.delete',
      kind: 'command',
      summary: 'Remove a workflow with its runs',
      input: workflowPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/workflows/{id}', status: 204 },
      handler: (context, { id }) => service.remove(context, id),
    }),
    defineOperation({
      ...base,
      name: 'workflows.duplicate',
      kind: 'command',
      summary: 'Copy a workflow, or its draft; the copy is off',
      input: workflowPath.extend(duplication),
      output: detail,
      http: { method: 'POST', path: '/workflows/{id}/duplicate', status: 201 },
      handler: (context, { id, label }) => service.duplicate(context, id, label as never),
    }),
    defineOperation({
      ...base,
      name: 'workflows.saveDraft',
      kind: 'command',
      summary: 'Keep a workflow as it is being built',
      description: 'What runs stays as it is until the draft is published. If-Match: "0" says that there was no draft.',
      input: workflowPath.extend({ definition: definitionInput, version: seenDraft }),
      output: draft,
      http: { method: 'PUT', path: '/workflows/{id}/draft', ifMatch: true },
      handler: (context, { id, definition, version = 0 }) => service.saveDraft(context, id, definition, version),
    }),
    defineOperation({
      ...base,
      name: 'workflows.discardDraft',
      kind: 'command',
      summary: 'Throw the draft of a workflow away',
      input: workflowPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/workflows/{id}/draft', status: 204 },
      handler: (context, { id }) => service.discardDraft(context, id),
    }),
    defineOperation({
      ...base,
      name: 'workflows.publish',
      kind: 'command',
      summary: 'Make the draft of a workflow what runs',
      description: 'Refused with every problem named. Runs that have begun end by the version they began with.',
      input: workflowPath.extend({ version: seenDraft }),
      output: detail,
      http: { method: 'POST', path: '/workflows/{id}/publish', ifMatch: true },
      handler: (context, { id, version }) => service.publish(context, id, version),
    }),
    defineOperation({
      ...base,
      name: 'workflows.versions',
      kind: 'query',
      summary: 'Versions of a workflow, the latest first',
      input: workflowPath,
      output: z.array(workflowVersion),
      http: { method: 'GET', path: '/workflows/{id}/versions' },
      async handler(context, { id }) {
        const { version } = await service.row(context, id)
        return (await listWorkflowVersions(context.tx, id)).map((row) => presentVersion(row, version))
      },
    }),
    defineOperation({
      ...base,
      name: 'workflows.version',
      kind: 'query',
      summary: 'A workflow as it was in one of its versions',
      input: workflowPath.extend({ number: z.coerce.number().pipe(z.int().min(1)) }),
      output: wholeVersion,
      http: { method: 'GET', path: '/workflows/{id}/versions/{number}' },
      async handler(context: OperationContext, { id, number }) {
        const { version } = await service.row(context, id)
        const row = await findWorkflowVersion(context.tx, id, number)
        if (!row) throw notFound(`Version ${number} of the workflow`)
        return { ...presentVersion(row, version), definition: workflowOf(row.definition) }
      },
    }),
  ]
}

const presentVersion = (row: VersionRow, current: number) => ({
  version: row.version,
  createdAt: row.created_at,
  createdBy: row.created_by ? { id: row.created_by, name: row.author_name ?? '' } : null,
  isCurrent: row.version === current,
})
