/** `oneforge call`, `oneforge run`, `oneforge operations`: every operation of the registry, with a member's own rights. */
import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { languageOf } from '@oneforge/kernel/metadata'
import type { AnyOperation, OperationRegistry } from '@oneforge/kernel/operations'
import type { RequestFacts } from '@oneforge/kernel/tenancy'
import { Command } from 'commander'
import { addOptions, inputFrom } from './input-options.ts'
import { printOutput, printTable } from './output.ts'
import { type OpenSystem, withSystem } from './system.ts'
import { findMembership } from './tenants.store.ts'
import { UsageError } from './usage-error.ts'

/** Whose rights apply, and where. */
export interface Caller {
  tenant?: string
  as?: string
}

export const operationCommands = (): Command[] => [
  new Command('operations')
    .description('list all operations')
    .action(() =>
      withSystem(async ({ registry }) =>
        printTable(offered(registry).map(({ name, kind, summary }) => ({ name, kind, summary }))),
      ),
    ),
  withCaller(new Command('call'))
    .description('run an operation with its input as JSON')
    .argument('<operation>', 'such as records.list')
    .option('--json <input>', 'the input; - reads it from the standard input', '{}')
    .action((name: string, options: Caller & { json: string }) =>
      withSystem(async (system) => {
        await run(system, operationOf(system.registry, name), await readInput(options.json), options)
      }),
    ),
  new Command('run')
    .description('run an operation with its input as options: oneforge run records.list --object patients --limit 5')
    .argument('<operation>', 'such as records.list; follow it with --help for its options')
    .argument('[options...]')
    .passThroughOptions()
    .allowUnknownOption()
    .action((name: string, args: string[]) => withSystem((system) => runWithOptions(system, name, args))),
]

/** Those whose input is an uploaded file have no place on a command line. */
const offered = (registry: OperationRegistry): AnyOperation[] =>
  registry.operations.filter((operation) => operation.http.body !== 'stream')

export const withCaller = (command: Command): Command =>
  command
    .option('--tenant <slug>', 'the workspace, by slug or id')
    .option('--as <email>', 'the member whose rights apply')

async function runWithOptions(system: OpenSystem, name: string, args: string[]): Promise<void> {
  const operation = operationOf(system.registry, name)
  const command = new Command(`oneforge run ${name}`).description(operation.summary)
  if (operation.access !== 'public') withCaller(command)
  addOptions(command, operation)
  command.action((options) => run(system, operation, inputFrom(operation, options), options))
  // Help and mistakes end this command, not the process: the database has to be closed.
  command.exitOverride()
  try {
    await command.parseAsync(args, { from: 'user' })
  } catch (error) {
    const { code, exitCode } = error as { code?: string; exitCode?: number }
    if (!code?.startsWith('commander.')) throw error
    process.exitCode = exitCode
  }
}

function operationOf(registry: OperationRegistry, name: string): AnyOperation {
  const operation = offered(registry).find((one) => one.name === name)
  if (!operation) throw new UsageError(`There is no operation ${name}. See: oneforge operations`)
  return operation
}

/** Runs an operation by name and gives its output. */
export async function answerOf(system: OpenSystem, name: string, input: unknown, caller: Caller): Promise<unknown> {
  const operation = operationOf(system.registry, name)
  const principal = operation.access === 'public' ? null : await principalOf(system, operation, caller)
  return system.runner.run({ operation, input, facts: requestFacts(), principal })
}

async function run(system: OpenSystem, operation: AnyOperation, input: unknown, caller: Caller): Promise<void> {
  const principal = operation.access === 'public' ? null : await principalOf(system, operation, caller)
  await printOutput(await system.runner.run({ operation, input, facts: requestFacts(), principal }))
}

async function principalOf(system: OpenSystem, operation: AnyOperation, { tenant, as }: Caller) {
  if (!tenant || !as) {
    throw new UsageError(`${operation.name} needs --tenant <slug> and --as <email>: whose rights apply, and where.`)
  }
  const membership = await findMembership(system.ownerUrl, tenant, as)
  if (!membership) {
    throw new UsageError(`${as} is no active member of a workspace “${tenant}”. See: oneforge tenants list`)
  }
  return { userId: membership.userId, tenantId: membership.tenantId, sessionId: null }
}

async function readInput(json: string): Promise<unknown> {
  try {
    return JSON.parse(json === '-' ? await text(process.stdin) : json)
  } catch (error) {
    throw new UsageError(`The input is not valid JSON: ${(error as Error).message}`)
  }
}

/** What the history shows of a change made here. */
export const requestFacts = (): RequestFacts => ({
  requestId: `cli_${randomUUID().replaceAll('-', '').slice(0, 20)}`,
  locale: languageOf(process.env.LC_ALL || process.env.LANG || 'en'),
  ip: null,
  userAgent: null,
  source: 'cli',
  now: new Date(),
})
