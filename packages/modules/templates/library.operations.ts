/** Templates of the installation: what its super admin publishes beside the shipped ones. */
import { conflict, forbidden } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import type { Template } from '@oneforge/templates'
import { z } from 'zod'
import { checkedFile } from './files.ts'
import { insertTemplate, isSuperAdmin } from './library.store.ts'
import { compareVersions, versionsOf } from './library.ts'

const base = { tag: 'Installation', access: 'member', bindUser: true } as const

export async function requireSuperAdmin({ tx }: OperationContext): Promise<void> {
  if (await isSuperAdmin(tx)) return
  throw forbidden('Only the super admin of the installation looks after its templates.')
}

async function publish(context: OperationContext, template: Template): Promise<void> {
  const versions = await versionsOf(context.tx, template.slug)
  const latest = versions.at(-1)
  if (latest && compareVersions(template.version, latest.version) <= 0) {
    throw conflict(
      `“${template.slug}” is published in version ${latest.version} already. Give this one a higher number.`,
    )
  }
  await insertTemplate(context.tx, template, context.actor.userId!)
}

export const libraryOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'installation.publishTemplate',
    kind: 'command',
    summary: 'Publish a version of a template for all workspaces of the installation',
    description: 'For its super admin. New workspaces may choose it; those that are made from it may upgrade.',
    stepUp: true,
    input: z.strictObject({ template: z.unknown() }),
    output: z.object({ slug: z.string(), version: z.string() }),
    cost: 20,
    http: { method: 'POST', path: '/installation/templates', status: 201 },
    async handler(context, input) {
      await requireSuperAdmin(context)
      const template = checkedFile(input.template)
      await publish(context, template)
      return { slug: template.slug, version: template.version }
    },
  }),
]
