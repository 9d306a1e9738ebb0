/**
 * The process in which servers with one place of their source changed run, one after another: each loads the sources of
 * this project anew, under addresses of its own, and shares the packages. So a server costs half a second.
 */
import { readFileSync } from 'node:fs'
import { registerHooks, stripTypeScriptTypes } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readConfig } from '../../apps/server/src/config.ts'
import type { startServer } from '../../apps/server/src/server.ts'
import type { Mutant } from './rights.mutants.ts'

/** What the process is asked for. */
export interface Order {
  mutant: Mutant
  environment: Record<string, string>
}
/** What it answers: the address of the server, or why there is none. */
export type Delivery = { url: string } | { problem: string }

const root = resolve(import.meta.dirname, '../..')
const sources = pathToFileURL(join(root, '/')).href
const stripped = new Map<string, string>()
let generation = 0
let mutant: Mutant
let stop: (() => Promise<void>) | undefined

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const [, mark] = context.parentURL?.match(/(\?generation=\d+)$/) ?? []
    const isOurs = resolved.url.startsWith(sources) && !resolved.url.includes('/node_modules/')
    return mark && isOurs ? { ...resolved, url: resolved.url + mark } : resolved
  },
  load(url, context, next) {
    const [, address] = url.match(/^(.*\.ts)\?generation=\d+$/) ?? []
    if (!address) return next(url, context)
    return { format: 'module', source: sourceOf(fileURLToPath(address)), shortCircuit: true }
  },
})

/** Taking the types away is most of what loading costs: it is done once for each file. */
function sourceOf(path: string): string {
  if (path.endsWith(`/packages/${mutant.file}`)) return stripTypeScriptTypes(mutated(readFileSync(path, 'utf8')))
  const source = stripped.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'))
  stripped.set(path, source)
  return source
}

function mutated(source: string): string {
  const { file, find, replace } = mutant
  if (source.split(find).length !== 2) {
    throw new Error(`“${find}” does not stand once in ${file}: bring the list of mutants up to date.`)
  }
  return source.replace(find, () => replace)
}

async function start(order: Order): Promise<string> {
  const stopLast = stop
  stop = undefined
  await stopLast?.()
  mutant = order.mutant
  generation += 1
  const main = `${sources}apps/server/src/server.ts?generation=${generation}`
  const fresh = (await import(main)) as { startServer: typeof startServer }
  const server = await fresh.startServer({ ...readConfig(order.environment), port: 0 })
  stop = server.stop
  return server.url!
}

process.on('message', async (order: Order) => {
  const delivery: Delivery = await start(order).then(
    (url) => ({ url }),
    (error) => ({ problem: String(error) }),
  )
  process.send!(delivery)
})
process.on('disconnect', () => process.exit())
