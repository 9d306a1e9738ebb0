/** `oneforge users list`, `create`, `reset-password`, `unlock`, `remove-second-factor`. */
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { requestFacts } from './operations.ts'
import { printTable } from './output.ts'
import { withSystem } from './system.ts'
import { listUsers } from './tenants.store.ts'

interface PasswordOption {
  passwordStdin?: boolean
}

const passwordStdin = ['--password-stdin', 'read the password from the standard input instead of making one'] as const

export const usersCommand = (): Command =>
  new Command('users')
    .description('accounts')
    .addCommand(
      new Command('list')
        .description('people with an account')
        .option('--search <text>', 'only those whose address or name has this text')
        .action(list),
    )
    .addCommand(
      new Command('create')
        .description('an account with a workspace of its own, also where registration is closed')
        .requiredOption('--email <address>')
        .requiredOption('--name <name>', 'of the person')
        .requiredOption('--workspace <name>', 'of the new workspace')
        .option(...passwordStdin)
        .action(create),
    )
    .addCommand(
      new Command('reset-password')
        .description('give an account another password; its sessions end')
        .argument('<email>')
        .option(...passwordStdin)
        .action(resetPassword),
    )
    .addCommand(
      new Command('unlock')
        .description('let an account sign in again that wrong passwords have locked')
        .argument('<email>')
        .action(unlock),
    )
    .addCommand(
      new Command('remove-second-factor')
        .description('for somebody who has lost phone and backup codes: sign in with the password alone again')
        .argument('<email>')
        .action(removeSecondFactor),
    )

async function create(options: PasswordOption & { email: string; name: string; workspace: string }): Promise<void> {
  const { password, isMade } = await choosePassword(options)
  await withSystem(
    async ({ registry, runner }) => {
      const { email, name, workspace } = options
      const operation = registry.get('auth.register')!
      const input = { email, name, workspace, password }
      const output = await runner.run({ operation, input, facts: requestFacts(), principal: null })
      console.log(`${email} owns the workspace ${(output as { tenant: { slug: string } }).tenant.slug}.`)
      if (isMade) console.log(`Password: ${password}`)
    },
    { registration: 'open' },
  )
}

async function resetPassword(email: string, options: PasswordOption): Promise<void> {
  const { password, isMade } = await choosePassword(options)
  await withSystem(async ({ identity }) => {
    await identity.administration.resetPassword(email, password)
    console.log(`${email} has a new password, and all their sessions have ended.`)
    if (isMade) console.log(`Password: ${password}`)
  })
}

async function unlock(email: string): Promise<void> {
  await withSystem(async ({ identity }) => {
    await identity.administration.unlock(email)
    console.log(`${email} can sign in again.`)
  })
}

async function list({ search }: { search?: string }): Promise<void> {
  await withSystem(async ({ ownerUrl }) => printTable(await listUsers(ownerUrl, search ?? null)))
}

async function removeSecondFactor(email: string): Promise<void> {
  await withSystem(async ({ identity }) => {
    await identity.administration.removeSecondFactor(email)
    console.log(`${email} has no second factor any more: the password alone is enough to sign in.`)
  })
}

/** Never an argument: those can be read by everybody on the machine. */
async function choosePassword(options: PasswordOption): Promise<{ password: string; isMade: boolean }> {
  if (!options.passwordStdin) return { password: randomBytes(15).toString('base64url'), isMade: true }
  return { password: (await text(process.stdin)).replace(/\r?\n$/, ''), isMade: false }
}
