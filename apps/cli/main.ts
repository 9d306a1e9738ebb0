/** The command line: `npx oneforge --help`. */
import { readFileSync } from 'node:fs'
import { PrivatePostgresError } from '@oneforge/adapters/postgres'
import { AppError } from '@oneforge/kernel/errors'
import { ConfigError } from '@oneforge/server/config'
import { Command } from 'commander'
import { jobsCommand } from './jobs.ts'
import { operationCommands } from './operations.ts'
import { serverCommands } from './server.ts'
import { signingKeysCommand } from './signing-keys.ts'
import { templateCommand } from './templates.ts'
import { tenantsCommand } from './tenants.ts'
import { UsageError } from './usage-error.ts'
import { usersCommand } from './users.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

const program = new Command('oneforge')
  .description(
    'OneForge from the command line. It reads the same environment as the server: OF_DATA_DIR, DATABASE_URL, …',
  )
  .version(version)
  // `run` hands what follows the operation's name to the operation.
  .enablePositionalOptions()
for (const command of [
  ...serverCommands(),
  templateCommand(),
  tenantsCommand(),
  usersCommand(),
  signingKeysCommand(),
  jobsCommand(),
  ...operationCommands(),
]) {
  program.addCommand(command)
}

try {
  await program.parseAsync()
} catch (error) {
  report(error)
  process.exitCode = 1
}

/** What somebody can mend is said in words; anything else is our fault and shown whole. */
function report(error: unknown): void {
  if (error instanceof AppError) {
    console.error(error.message)
    // The message names the first of them already.
    for (const { field, message } of error.details.slice(1)) console.error(`${field}: ${message}`)
  } else if (error instanceof UsageError || error instanceof ConfigError || error instanceof PrivatePostgresError) {
    console.error(error.message)
  } else {
    console.error(error)
  }
}
