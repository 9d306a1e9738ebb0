/** The workspace as a whole: what it is called, what it holds, what the caller may do in it. */
import { bumpVersion, languages, loadModel } from '@oneforge/kernel/metadata'
import { isCountry, isCurrency } from '@oneforge/kernel/metadata/values'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { isTimeZone } from '@oneforge/kernel/tenancy'
import { z } from 'zod'
import { firstDayOperations } from './first-day.operations.ts'
import { presentWorkspace } from './workspace.presentation.ts'
import { workspace } from './workspace.schemas.ts'
import { updateTenant } from './workspace.store.ts'

export const workspaceOperations: AnyOperation[] = [
  defineOperation({
    name: 'workspace.get',
    kind: 'query',
    tag: 'Workspace',
    summary: 'The workspace, its objects and what the caller may do',
    access: 'member',
    input: z.object({}),
    output: workspace,
    http: { method: 'GET', path: '/workspace' },
    handler: (context) => presentWorkspace(context),
  }),
  defineOperation({
    name: 'workspace.update',
    kind: 'command',
    tag: 'Workspace',
    summary: 'Change name, language, currency, country or time zone',
    access: { admin: 'settings' },
    input: z.strictObject({
      name: z.string().trim().min(1, 'cannot be empty').max(200, 'takes at most 200 characters').optional(),
      locale: z.enum(languages).optional(),
      currency: z.string().refine(isCurrency, 'must be a currency code such as EUR').optional(),
      country: z.string().refine(isCountry, 'must be a country code such as DE').optional(),
      timeZone: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Madrid').optional(),
    }),
    output: workspace,
    http: { method: 'PATCH', path: '/workspace' },
    async handler(context, input) {
      const { tx, model } = context
      await bumpVersion(tx, model.tenantId)
      await updateTenant(tx, model.tenantId, input)
      return presentWorkspace({ ...context, model: await loadModel(tx, model.tenantId) })
    },
  }),
  ...firstDayOperations,
]
