/**
 * Which statements stay prepared: a text gets a name when it comes again, and each connection keeps those it used last.
 *
 * A process meets more texts in its life than a server should keep plans for: every object of every tenant reads other
 * columns. So what was not used for longest gives way, and what is used now is always prepared.
 */

export interface Column {
  name: string
  parse: (text: string) => unknown
}

/** How many different statements may stay prepared on a connection; each holds memory on the server. */
export const MAX_PREPARED = 400
/** How many texts of a process have names; more than a connection keeps, since connections serve different tenants. */
const MAX_NAMES = 2000
/** How many texts that came once are remembered. */
const MAX_SEEN = 2000

const nameOfText = new Map<string, string>()
const seenOnce = new Set<string>()
let namesGiven = 0

/**
 * The name to prepare a text by; '' where it comes the first time: one-off texts would only fill the server's memory.
 * A name is never given to another text.
 */
export function statementName(text: string): string {
  const name = nameOfText.get(text)
  if (name) {
    useAgain(nameOfText, text, name)
    return name
  }
  if (!seenOnce.has(text)) {
    if (seenOnce.size >= MAX_SEEN) seenOnce.clear()
    seenOnce.add(text)
    return ''
  }
  seenOnce.delete(text)
  namesGiven += 1
  const next = `of_${namesGiven}`
  nameOfText.set(text, next)
  if (nameOfText.size > MAX_NAMES) nameOfText.delete(oldest(nameOfText))
  return next
}

/** What one connection has prepared, counted from when it is sent. */
export class PreparedStatements {
  /** By name, the least recently used first; columns once the server has described them. */
  private readonly kept = new Map<string, Column[] | undefined>()
  /** Names in the order their Parse was sent and not answered yet; '' for unnamed ones. */
  private readonly parsing: string[] = []
  private evicted: string[] = []

  /**
   * Names to close, told once. They must be closed before anything of a flush that could fail, because the server
   * passes over all that stands between an error and the Sync.
   */
  takeEvicted(): string[] {
    const names = this.evicted
    this.evicted = []
    return names
  }

  /** Whether the statement is prepared; it counts as used now. */
  use(name: string): boolean {
    if (!name) return false
    if (this.kept.has(name)) {
      useAgain(this.kept, name, this.kept.get(name))
      return true
    }
    const waiting = this.evicted.indexOf(name)
    if (waiting < 0) return false
    this.evicted.splice(waiting, 1)
    this.keep(name)
    return true
  }

  /** A Parse of the statement is sent. */
  sent(name: string): void {
    this.parsing.push(name)
    if (name) this.keep(name)
  }

  /** The server answered the oldest Parse that it had not answered. */
  parsed(): void {
    this.parsing.shift()
  }

  /** After an error the server skips to the Sync: what was not parsed by now never will be. */
  failed(): void {
    for (const name of this.parsing.splice(0)) this.kept.delete(name)
  }

  columnsOf(name: string): Column[] | undefined {
    return this.kept.get(name)
  }

  describe(name: string, columns: Column[]): void {
    if (this.kept.has(name)) this.kept.set(name, columns)
  }

  private keep(name: string): void {
    this.kept.set(name, undefined)
    if (this.kept.size <= MAX_PREPARED) return
    const last = oldest(this.kept)
    this.kept.delete(last)
    this.evicted.push(last)
  }
}

function useAgain<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  map.set(key, value)
}

function oldest(map: Map<string, unknown>): string {
  return map.keys().next().value as string
}
