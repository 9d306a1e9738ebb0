import { describe, expectTypeOf, it } from 'vitest'
import type * as api from './generated.ts'
import type * as hand from './types.ts'

/** Checked by the compiler: what the server documents must be what the page reads. */
describe('the types written by hand take what the server sends', () => {
  it('for records', () => {
    type Attribute = Exclude<keyof hand.SystemAttributes, 'title'>
    expectTypeOf<Pick<api.Record, Attribute>>().toExtend<Pick<hand.SystemAttributes, Attribute>>()
    expectTypeOf<api.Money>().toExtend<hand.Money>()
    expectTypeOf<api.Address>().toExtend<hand.Address>()
    expectTypeOf<api.FileValue>().toExtend<hand.FileValue>()
    expectTypeOf<api.HistoryEntry>().toExtend<hand.HistoryEntry>()
    expectTypeOf<api.Activity>().toExtend<hand.Activity>()
    expectTypeOf<api.SearchHit>().toExtend<hand.SearchHit>()
    expectTypeOf<api.Operations['records.bulkCreate']['data']>().toExtend<hand.BulkResult>()
  })

  it('for lists', () => {
    type Paged = api.Operations['records.list']['pagination']
    expectTypeOf<Extract<Paged, { page: number }>>().toExtend<Omit<hand.Page<never>, 'items'>>()
    expectTypeOf<Exclude<Paged, { page: number }>>().toExtend<Omit<hand.Cursor<never>, 'items'>>()
  })

  it('for the workspace and its metadata', () => {
    expectTypeOf<Omit<api.Workspace, 'user' | 'objects'>>().toExtend<Omit<hand.Workspace, 'user' | 'objects'>>()
    expectTypeOf<Omit<api.ObjectSummary, 'recordCount'>>().toExtend<Omit<hand.ObjectSummary, 'recordCount'>>()
    expectTypeOf<api.TemplateSummary>().toExtend<hand.TemplateSummary>()
    expectTypeOf<api.Stage>().toExtend<hand.Stage>()
    expectTypeOf<api.Relation>().toExtend<hand.RelationMeta>()
    expectTypeOf<api.Field>().toExtend<hand.FieldMeta>()
    expectTypeOf<Omit<api.Object, 'recordCount'>>().toExtend<Omit<hand.ObjectMeta, 'recordCount'>>()
  })

  it('for accounts and jobs', () => {
    expectTypeOf<api.Operations['auth.me']['data']>().toExtend<hand.Session>()
    expectTypeOf<api.Operations['auth.login']['data']>().toExtend<hand.SignedIn>()
    expectTypeOf<api.Operations['members.list']['data'][number]>().toExtend<hand.Member>()
    expectTypeOf<api.Job>().toExtend<hand.Job>()
  })
})
