/** Clients that write until the server is gone, and keep a ledger of what they were promised. */
import { ApiClient, type Json, type SignedIn } from '../client.ts'

/** What one client knows of a record that it asked for. */
export interface Entry {
  /** Unique in the whole run; also the idempotency key of the request that creates the record. */
  marker: string
  /** Whether the create was acknowledged. */
  created: boolean
  id?: string
  /** The last acknowledged state, and how often the record was changed up to it. */
  notes: string | null
  version: number
  deleted: boolean
  /** A change whose answer never came: it has happened or not. */
  doubt?: { notes?: string; deleted?: boolean }
  /** Bodies of acknowledged notes, and of those in doubt. */
  remarks: string[]
  doubtfulRemarks: string[]
}

export interface Ledger {
  entries: Entry[]
  /** Markers of bulk creates that were acknowledged, each with five records, and of those in doubt. */
  bulks: string[]
  doubtfulBulks: string[]
  acknowledged: number
}

export const newLedger = (): Ledger => ({ entries: [], bulks: [], doubtfulBulks: [], acknowledged: 0 })

const person = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }
export const bulkSize = 5
let markers = 0

/** Thrown inside when an answer did not come: whoever waits for it knows nothing. */
class NoAnswer extends Error {}

export class Writer {
  private readonly client: ApiClient
  private readonly ledger: Ledger
  private readonly mine: Entry[] = []

  constructor(url: string, session: SignedIn, ledger: Ledger) {
    this.client = new ApiClient(url, session)
    this.ledger = ledger
  }

  /** Writes one thing after another; ends when the server does not answer any more. */
  async run(): Promise<void> {
    try {
      for (let step = 0; ; step++) await this.step(step)
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
    }
  }

  private step(step: number): Promise<void> {
    const entry = this.mine.filter((one) => one.created && !one.deleted && !one.doubt)[step % 7]
    if (!entry || step % 5 === 0) return this.create()
    if (step % 11 === 0) return this.createMany()
    if (step % 7 === 0) return this.delete(entry)
    return step % 3 === 0 ? this.remark(entry) : this.change(entry)
  }

  private async create(): Promise<void> {
    const marker = `m${++markers}`
    const entry: Entry = {
      marker,
      created: false,
      notes: null,
      version: 1,
      deleted: false,
      remarks: [],
      doubtfulRemarks: [],
    }
    this.ledger.entries.push(entry)
    this.mine.push(entry)
    await this.createAs(entry)
  }

  /** Sends the create of the entry, again if it was sent before. */
  async createAs(entry: Entry): Promise<void> {
    const body = { ...person, national_id: entry.marker }
    const headers = { 'idempotency-key': entry.marker }
    const { id } = await this.ask('POST', '/patients', body, headers)
    entry.id = id
    entry.created = true
  }

  private async createMany(): Promise<void> {
    const marker = `b${++markers}`
    this.ledger.doubtfulBulks.push(marker)
    const records = Array.from({ length: bulkSize }, (_, n) => ({ ...person, national_id: `${marker}-${n}` }))
    await this.ask('POST', '/patients/bulk', { records })
    this.ledger.doubtfulBulks.splice(this.ledger.doubtfulBulks.indexOf(marker), 1)
    this.ledger.bulks.push(marker)
  }

  private async change(entry: Entry): Promise<void> {
    const notes = `n${++markers}`
    entry.doubt = { notes }
    const changed = await this.ask('PATCH', `/patients/${entry.id}`, { notes }, { 'if-match': `"${entry.version}"` })
    entry.notes = notes
    entry.version = changed.version
    entry.doubt = undefined
  }

  private async delete(entry: Entry): Promise<void> {
    entry.doubt = { deleted: true }
    await this.ask('DELETE', `/patients/${entry.id}`)
    entry.deleted = true
    entry.version += 1
    entry.doubt = undefined
  }

  private async remark(entry: Entry): Promise<void> {
    const body = `r${++markers}`
    entry.doubtfulRemarks.push(body)
    await this.ask('POST', `/patients/${entry.id}/notes`, { body })
    entry.doubtfulRemarks.pop()
    entry.remarks.push(body)
  }

  /** A 503 is an honest refusal or the end of the database: nothing is known after it. Anything else is a fault. */
  private async ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Json> {
    const answer = await this.client.send(method, path, body, { headers }).catch(() => {
      throw new NoAnswer()
    })
    if (answer.status === 503) throw new NoAnswer()
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`)
    this.ledger.acknowledged += 1
    return answer.data
  }
}
