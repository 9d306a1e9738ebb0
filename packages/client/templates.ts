import type { TemplateAdding, TemplateFile, TemplatePlan, TemplateUndone } from './generated.ts'
import type { Http } from './http.ts'

export interface TemplateOrigin {
  slug: string
  name: string
  version: string
  /** Null: it is not offered any more. */
  latest: string | null
  upgrade: boolean
  /** What is new in the latest version. */
  notes: string | null
  appliedAt: string | null
  appliedBy: { id: string; name: string } | null
  undoable: boolean
}

export interface TemplateResolution {
  use: 'mine' | 'merge' | 'rename'
  to?: string
}

export interface TemplateCheck {
  template: { slug: string; version: string; name: string; objects: number } | null
  problems: { path: string; message: string }[]
}

export interface UpgradeWish {
  origin?: string
  decisions?: Record<string, 'mine' | 'theirs'>
  dryRun?: boolean
}

export interface AddingWish {
  /** The slug of one that is offered, or a file. */
  template: unknown
  resolutions?: Record<string, TemplateResolution>
  dryRun?: boolean
}

/** The templates behind the workspace: their new versions, further ones, and its shape as a file. */
export function templateMethods({ request }: Http) {
  return {
    origins: () => request<{ origins: TemplateOrigin[] }>('GET', '/workspace/template'),
    upgrade: (input: UpgradeWish) => request<TemplatePlan>('POST', '/workspace/template/upgrade', { body: input }),
    undo: (input: { origin: string; dryRun?: boolean }) =>
      request<TemplateUndone>('POST', '/workspace/template/undo', { body: input }),
    add: (input: AddingWish) => request<TemplateAdding>('POST', '/workspace/template/add', { body: input }),
    /** All that is wrong with a template file; `template` is null where something is. */
    check: (template: unknown) => request<TemplateCheck>('POST', '/workspace/template/check', { body: { template } }),
    exportFile: (query: { slug?: string; version?: string; name?: string } = {}) =>
      request<TemplateFile>('GET', '/workspace/template/export', { query }),
  }
}
