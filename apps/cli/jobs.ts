/** `oneforge jobs dead`, `oneforge jobs retry`. */
import { Command } from 'commander'
import { printTable } from './output.ts'
import { type OpenSystem, withSystem } from './system.ts'
import { UsageError } from './usage-error.ts'

export const jobsCommand = (): Command =>
  new Command('jobs')
    .description('work done in the background')
    .addCommand(new Command('dead').description('jobs that used up their attempts').action(() => withSystem(showDead)))
    .addCommand(
      new Command('retry')
        .description('give dead jobs their attempts again')
        .argument('<kind>', 'as oneforge jobs dead shows it')
        .argument('[ids...]', 'all of the kind without them')
        .action((kind: string, ids: string[]) => withSystem((system) => retry(system, kind, ids))),
    )

const kindsOf = async ({ jobs }: OpenSystem): Promise<string[]> => (await jobs.depths()).map(({ kind }) => kind)

async function showDead(system: OpenSystem): Promise<void> {
  const kinds = await kindsOf(system)
  const dead = (await Promise.all(kinds.map((kind) => system.jobs.listDead(kind)))).flat()
  printTable(
    dead.map(({ kind, id, tenantId, attempts, diedAt, error }) => ({
      kind,
      id,
      tenant: tenantId,
      attempts,
      died: diedAt.toISOString(),
      error: error.split('\n')[0]!.slice(0, 200),
    })),
  )
}

async function retry(system: OpenSystem, kind: string, ids: string[]): Promise<void> {
  const kinds = await kindsOf(system)
  if (!kinds.includes(kind)) throw new UsageError(`There is no kind of job ${kind}. There are: ${kinds.join(', ')}`)
  const count = await system.jobs.retryDead(kind, ids.length > 0 ? ids : undefined)
  console.log(count === 1 ? 'One job is tried again.' : `${count} jobs are tried again.`)
}
