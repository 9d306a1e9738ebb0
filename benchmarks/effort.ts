/** What work costs a server in the benchmark's own process and its private database: processor time, statements, round trips. */
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

export interface Effort {
  /** Seconds of processor time. */
  server: number
  database: number
  statements: number
  roundTrips: number
}

/** Of a clock tick of Linux. */
const tickSeconds = 0.01

const counted = { statements: 0, roundTrips: 0 }
const query = pg.Client.prototype.query as (...args: unknown[]) => unknown

/** Counts from now on what the server's pools send; what the benchmark asks for itself is no pipeline. */
export function countRoundTrips(): void {
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const { statements } = (args[0] ?? {}) as { statements?: unknown[] }
    if (Array.isArray(statements)) {
      counted.statements += statements.length
      counted.roundTrips += 1
    }
    return query.apply(this, args)
  } as typeof pg.Client.prototype.query
}

/** @param backend the number of any process of the database that is connected. */
export function effortSoFar(backend: number): Effort {
  const { user, system } = process.cpuUsage()
  return { server: (user + system) / 1e6, database: databaseSeconds(backend), ...counted }
}

export const effortBetween = (before: Effort, after: Effort): Effort => ({
  server: after.server - before.server,
  database: after.database - before.database,
  statements: after.statements - before.statements,
  roundTrips: after.roundTrips - before.roundTrips,
})

/** The processes that the first one has started, and those that have ended since. */
function databaseSeconds(backend: number): number {
  const first = statOf(String(backend))!.parent
  const ticks = readdirSync('/proc').map((pid) => {
    const stat = /^\d+$/.test(pid) ? statOf(pid) : undefined
    if (pid === first) return stat!.own + stat!.ended
    return stat?.parent === first ? stat!.own : 0
  })
  return ticks.reduce((sum, own) => sum + own, 0) * tickSeconds
}

function statOf(pid: string) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = (...places: number[]) => places.reduce((sum, place) => sum + Number(fields[place]), 0)
    return { parent: fields[1], own: ticks(11, 12), ended: ticks(13, 14) }
  } catch {
    // It has ended in the meantime.
    return undefined
  }
}
