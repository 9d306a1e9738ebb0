/** The door of the calendars module: a member's own calendar, for the calendars of their devices. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { feedOperations } from './feeds.operations.ts'
import { FeedService, type ReadAs } from './feeds.service.ts'

/** @param options.baseUrl of the page, which entries lead to. */
export function createCalendars(options: { database: Database; readAs: ReadAs; baseUrl: string }): {
  operations: AnyOperation[]
} {
  return { operations: feedOperations(new FeedService(options)) }
}
