/** `oneforge tenants list`. */
import { Command } from 'commander'
import { printTable } from './output.ts'
import { withSystem } from './system.ts'
import { listTenants } from './tenants.store.ts'

export const tenantsCommand = (): Command =>
  new Command('tenants').description('workspaces of this installation').addCommand(
    new Command('list').description('all workspaces').action(() =>
      withSystem(async ({ ownerUrl }) => {
        const tenants = await listTenants(ownerUrl)
        printTable(
          tenants.map(({ slug, name, template, members, records }) => ({ slug, name, template, members, records })),
        )
      }),
    ),
  )
