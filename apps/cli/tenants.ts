/** `oneforge tenants list`, `oneforge tenants plan`. */
import { type PlanName, planNames } from '@oneforge/kernel/tenancy'
import { setPlan } from '@oneforge/modules/usage'
import { Command } from 'commander'
import { requestFacts } from './operations.ts'
import { printTable } from './output.ts'
import { withSystem } from './system.ts'
import { findTenant, listTenants } from './tenants.store.ts'
import { UsageError } from './usage-error.ts'

export const tenantsCommand = (): Command =>
  new Command('tenants')
    .description('workspaces of this installation')
    .addCommand(new Command('list').description('all workspaces').action(list))
    .addCommand(
      new Command('plan')
        .description('give a workspace another plan')
        .argument('<slug>', 'the workspace, by slug or id')
        .argument('<plan>', planNames.join(', '))
        .option('--trial-ends <date>', 'from then on it is a starter: 2027-01-31 (to the end of that day, UTC)')
        .action(plan),
    )

async function list(): Promise<void> {
  await withSystem(async ({ ownerUrl }) => {
    const tenants = await listTenants(ownerUrl)
    printTable(
      tenants.map(({ slug, name, plan: current, trialEndsAt, template, members, records }) => ({
        slug,
        name,
        plan: current,
        trial: trialEndsAt,
        template,
        members,
        records,
      })),
    )
  })
}

async function plan(tenant: string, name: string, options: { trialEnds?: string }): Promise<void> {
  if (!planNames.includes(name as PlanName)) {
    throw new UsageError(`There is no plan “${name}”. Choose one of ${planNames.join(', ')}.`)
  }
  const trialEndsAt = options.trialEnds === undefined ? null : endOf(options.trialEnds)
  await withSystem(async ({ ownerUrl, database }) => {
    const found = await findTenant(ownerUrl, tenant)
    if (!found) throw new UsageError(`There is no workspace “${tenant}”. See: oneforge tenants list`)
    const by = { userId: null, ...requestFacts() }
    await database.transaction({ tenantId: found.id }, (tx) => setPlan(tx, { plan: name, trialEndsAt }, by))
    console.log(
      `${found.slug} has the plan ${name}${trialEndsAt ? ` on trial until ${trialEndsAt.toISOString()}` : ''}.`,
    )
  })
}

/** A day lasts to its end; a moment is taken as it is. */
function endOf(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const moment = new Date(isDay ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(moment.getTime())) {
    throw new UsageError(`“${text}” is no date. Write it as 2027-01-31, or as 2027-01-31T18:00:00Z.`)
  }
  return isDay ? new Date(moment.getTime() + 86_400_000) : moment
}
