/** The shape of every answer: see the HTTP contract. */
import { AppError } from '@oneforge/kernel/errors'
import { PagedList } from '@oneforge/kernel/operations'
import type { Context } from 'hono'

export interface RequestState {
  requestId: string
}

const meta = (requestId: string) => ({ timestamp: new Date().toISOString(), requestId })

export function success(output: unknown, requestId: string, more: Record<string, unknown> = {}): object {
  if (output instanceof PagedList) {
    return { success: true, data: output.items, pagination: output.pagination, meta: meta(requestId) }
  }
  return { success: true, data: output ?? null, meta: { ...meta(requestId), ...more } }
}

export interface Failure {
  status: number
  headers: Record<string, string>
  body: object
}

/** What a caller is told of an error; whatever is our fault shows its request id only. */
export function failure(error: unknown, requestId: string): Failure {
  if (!(error instanceof AppError)) {
    const body = { code: 'INTERNAL', message: `Something went wrong (${requestId}).`, details: [] }
    return { status: 500, headers: {}, body: { success: false, error: body, meta: meta(requestId) } }
  }
  const { code, message, details, data, retryAfter } = error
  const body = { code, message, details, ...(data === undefined ? {} : { current: data }) }
  return {
    status: error.status,
    headers: retryAfter === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) },
    body: { success: false, error: body, meta: meta(requestId) },
  }
}

export function respondWith(context: Context, { status, headers, body }: Failure): Response {
  for (const [name, value] of Object.entries(headers)) context.header(name, value)
  return context.json(body, status as 400)
}
