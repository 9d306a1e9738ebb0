/** Links between records: read, made, described, put in order, taken away, and the neighbourhood they make up. */
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import {
  addLink,
  findRelation,
  type LinkedRecord,
  listLinked,
  orderLinks,
  recordGraph,
  removeLink,
} from '@oneforge/kernel/records'
import { z } from 'zod'
import { graphInput, idOf, idsOf, objectOf } from './records.requests.ts'
import * as schema from './records.schemas.ts'

const base = { tag: 'Records', access: 'member', phi: true } as const

/** Records that one point of the quota pays for. */
const recordsPerPoint = 50

const costOf = (input: unknown): number => {
  const limit = Number((input as { limit?: unknown } | null)?.limit ?? 0)
  return Math.max(1, Math.ceil(Math.min(limit || 0, 500) / recordsPerPoint))
}

export const linkOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'records.links',
    kind: 'query',
    summary: 'Records linked under a relation',
    input: schema.linkedQuery,
    output: z.array(schema.linkedRecord),
    cost: costOf,
    http: { method: 'GET', path: '/{object}/{id}/links/{relation}' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const relation = findRelation(context, object, input.relation)
      const page = input.cursor === undefined ? (input.page ?? 1) : undefined
      const linked = await listLinked(context, object, idOf(object, input.id), relation, { ...input, page })
      if (page !== undefined) return pageOf(linked.records, linked.total ?? 0, { page, limit: input.limit })
      const { records, nextCursor } = linked
      return new PagedList(records, { limit: input.limit, nextCursor, hasNext: nextCursor !== null })
    },
  }),
  defineOperation({
    ...base,
    name: 'records.link',
    kind: 'command',
    summary: 'Link two records, or change what is said of their link',
    description: 'Where a side takes one link only, the new one replaces the old.',
    input: schema.linkChange,
    output: z.void(),
    http: { method: 'PUT', path: '/{object}/{id}/links/{relation}/{otherId}', status: 204 },
    handler(context, input) {
      const object = objectOf(context, input.object)
      const relation = findRelation(context, object, input.relation)
      return addLink(context, object, idOf(object, input.id), relation, idOf(object, input.otherId), input)
    },
  }),
  defineOperation({
    ...base,
    name: 'records.orderLinks',
    kind: 'command',
    summary: 'Put the links of a record in order',
    description: 'The named ones come first, in this order; the others keep theirs behind them. Each side has its own.',
    input: schema.linkOrder,
    output: z.void(),
    http: { method: 'PUT', path: '/{object}/{id}/links/{relation}', status: 204 },
    handler(context, input) {
      const object = objectOf(context, input.object)
      const relation = findRelation(context, object, input.relation)
      return orderLinks(context, object, idOf(object, input.id), relation, idsOf(input.ids))
    },
  }),
  defineOperation({
    ...base,
    name: 'records.unlink',
    kind: 'command',
    summary: 'Take a link away',
    input: schema.linkPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/{object}/{id}/links/{relation}/{otherId}', status: 204 },
    handler(context, input) {
      const object = objectOf(context, input.object)
      const relation = findRelation(context, object, input.relation)
      return removeLink(context, object, idOf(object, input.id), relation, idOf(object, input.otherId))
    },
  }),
  defineOperation({
    ...base,
    name: 'records.graph',
    kind: 'query',
    summary: 'The neighbourhood of a record',
    description: 'What is linked to the record, step by step, as far as the caller may follow.',
    input: schema.graphQuery,
    output: schema.graph,
    cost: costOf,
    http: { method: 'GET', path: '/{object}/{id}/graph', input: graphInput },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return recordGraph(context, object, idOf(object, input.id), input)
    },
  }),
]

const pageOf = (records: LinkedRecord[], total: number, query: { limit: number; page: number }): PagedList =>
  new PagedList(records, {
    page: query.page,
    limit: query.limit,
    total,
    totalPages: Math.ceil(total / query.limit),
    hasNext: query.page * query.limit < total,
    hasPrev: query.page > 1,
  })
