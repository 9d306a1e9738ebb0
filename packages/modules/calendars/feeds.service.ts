/** Calendars that members subscribe to: whoever knows the secret address reads what its owner may read now. */
import { createHash, randomBytes } from 'node:crypto'
import type { Database } from '@oneforge/kernel/database'
import { AppError, forbidden, notFound } from '@oneforge/kernel/errors'
import type { OperationContext, PublicContext } from '@oneforge/kernel/operations'
import type { RecordContext } from '@oneforge/kernel/records'
import { pageAddress } from '@oneforge/kernel/tenancy'
import { calendarFile } from './calendar-file.ts'
import { diaryOf } from './diary.ts'
import {
  type CountedFetch,
  changeFeed,
  countFetch,
  type FeedOwner,
  findFeed,
  findOwnFeed,
  noteContent,
  readSettings,
  removeFeed,
  renewFeed,
  writeNames,
} from './feeds.store.ts'

/** Calendars look every few minutes at the most; several devices may share the address. */
const mostFetchesAnHour = 120
const hour = 3_600_000

/** Runs the work with what the person may read at this moment. */
export type ReadAs = <T>(
  who: FeedOwner,
  facts: PublicContext,
  work: (context: RecordContext) => Promise<T>,
) => Promise<T>

export interface Feed {
  /** Since when there is the present address; null where there is none. */
  since: string | null
  fetchedAt: string | null
  tasks: boolean
  names: boolean
}

export interface CalendarContent {
  text: string
  etag: string
  lastModified: Date
}

export class FeedService {
  private readonly database: Database
  private readonly readAs: ReadAs
  private readonly baseUrl: string

  constructor({ database, readAs, baseUrl }: { database: Database; readAs: ReadAs; baseUrl: string }) {
    this.database = database
    this.readAs = readAs
    this.baseUrl = baseUrl
  }

  async get(context: OperationContext): Promise<Feed> {
    const { names } = await readSettings(context.tx)
    const own = await findOwnFeed(context.tx, ownerOf(context))
    return { since: null, fetchedAt: null, tasks: true, ...own, names }
  }

  /** The address stands in this answer alone: of its secret only a hash is kept. */
  async renew(context: OperationContext): Promise<Feed & { url: string }> {
    if (context.sessionId === null) {
      throw forbidden('A calendar is a person’s own: an API key cannot make an address for it. Sign in instead.')
    }
    const token = randomBytes(32).toString('base64url')
    await renewFeed(context.tx, ownerOf(context), hashOf(token))
    const { domain } = await readSettings(context.tx)
    const url = `${pageAddress(this.baseUrl, domain)}/api/v1/calendar-feed/${token}.ics`
    return { ...(await this.get(context)), url }
  }

  async change(context: OperationContext, changes: { tasks: boolean }): Promise<Feed> {
    if (!(await changeFeed(context.tx, ownerOf(context), changes))) throw notFound('An address of your calendar')
    return this.get(context)
  }

  remove(context: OperationContext): Promise<void> {
    return removeFeed(context.tx, ownerOf(context))
  }

  async allowNames({ tx }: OperationContext, names: boolean): Promise<{ names: boolean }> {
    await writeNames(tx, names)
    return { names }
  }

  /**
   * @throws NOT_FOUND for addresses that have ended, and while their owner may not come in;
   * RATE_LIMIT_EXCEEDED for one that is fetched too often.
   */
  async content(context: PublicContext, token: string): Promise<CalendarContent> {
    const owner = await findFeed(this.database, hashOf(token))
    if (!owner) throw gone()
    context.trail.actsFor(owner)
    const { now } = context
    const fetch = await this.database.transaction(owner, (tx) => countFetch(tx, owner, now))
    if (!fetch) throw gone()
    requireUnhurried(fetch, now)
    const text = await this.readAs(owner, context, (reader) => this.write(reader, fetch)).catch((error: unknown) => {
      // Who fetches has not signed in: they learn nothing of why there is no calendar any more.
      throw error instanceof AppError && error.status < 500 ? gone() : error
    })
    const digest = createHash('sha256').update(text).digest()
    const lastModified = await this.database.transaction(owner, (tx) => noteContent(tx, owner, { digest, now }))
    return { text, etag: `"${digest.toString('base64url')}"`, lastModified }
  }

  private async write(reader: RecordContext, { tasks, email, locale: own }: CountedFetch): Promise<string> {
    const { model, tx } = reader
    const { names, domain } = await readSettings(tx)
    const locale = own ?? model.locale
    const entries = await diaryOf({ ...reader, locale }, { tasks, names, email })
    const page = pageAddress(this.baseUrl, domain)
    return calendarFile(entries, { name: model.name, page, locale, timeZone: model.timeZone })
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

const ownerOf = ({ model, actor }: OperationContext): FeedOwner => ({
  tenantId: model.tenantId,
  userId: actor.userId!,
})

const gone = (): AppError => notFound('A calendar at this address')

function requireUnhurried({ fetches, countedSince }: CountedFetch, now: Date): void {
  if (fetches <= mostFetchesAnHour) return
  const retryAfter = Math.max(1, Math.ceil((Date.parse(countedSince) + hour - now.getTime()) / 1_000))
  const message = `This calendar was fetched ${mostFetchesAnHour} times within an hour. Fetch it less often.`
  throw new AppError('RATE_LIMIT_EXCEEDED', message, { retryAfter })
}
