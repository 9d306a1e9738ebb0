import type { FirstDay } from './generated.ts'
import type { Http } from './http.ts'
import type { TemplateSummary, Workspace } from './types.ts'

/** The tenant as a whole: its settings, its template, its sample records. */
export function workspaceMethods({ request }: Http) {
  return {
    get: () => request<Workspace>('GET', '/workspace'),
    update: (input: Partial<Pick<Workspace, 'name' | 'locale' | 'currency' | 'country' | 'timeZone'>>) =>
      request<Workspace>('PATCH', '/workspace', { body: input }),
    firstDay: () => request<FirstDay>('GET', '/first-day'),
    changeFirstDay: (change: { seen?: ('search' | 'board')[]; over?: boolean }) =>
      request<FirstDay>('PATCH', '/first-day', { body: change }),
    /** The industries; with `packs` also what lies under all of them and can be added to a workspace. */
    templates: ({ packs }: { packs?: boolean } = {}) =>
      request<TemplateSummary[]>('GET', '/templates', { query: { packs } }),
    applyTemplate: (input: { template: string; sampleData?: boolean }) =>
      request<Workspace>('POST', '/workspace/template', { body: input }),
    loadSamples: () => request<unknown>('POST', '/workspace/samples', { body: {} }),
    samples: () => request<{ total: number; touched: number }>('GET', '/workspace/samples'),
    /** @param touched what becomes of those that somebody has changed or linked. */
    removeSamples: (touched: 'keep' | 'trash') =>
      request<{ removed: number; trashed: number; kept: number }>('DELETE', '/workspace/samples', {
        query: { touched },
      }),
  }
}
