import type { InstallationTemplate, InstallationWorkspace, InstallationWorkspaceDetail } from './generated.ts'
import type { Http } from './http.ts'
import type { Cursor } from './types.ts'

/** A plan with what it allows; null: without limit. */
export interface InstallationPlan {
  name: string
  requestsPerMinute: number | null
  members: number | null
  records: number | null
  storageBytes: number | null
}

export interface WorkspaceListQuery {
  search?: string | undefined
  /** `name`, `-lastSeenAt`, … */
  sort: string
}

/** What a card says of a published template, and whether it is offered. */
export interface TemplateCard {
  name?: Record<string, string>
  description?: Record<string, string>
  retired?: boolean
}

/** For the super admin: all workspaces, the plans, and the templates that workspaces may choose. */
export function installationMethods({ request, envelope }: Http) {
  const at = (id: string) => `/installation/workspaces/${id}`
  return {
    workspaces: async ({ search, sort }: WorkspaceListQuery, { cursor, limit }: { cursor: string; limit: number }) => {
      const query = { search, sort, cursor, limit }
      const { data, pagination } = await envelope<InstallationWorkspace[]>('GET', '/installation/workspaces', { query })
      return { items: data, ...(pagination as Omit<Cursor<InstallationWorkspace>, 'items'>) }
    },
    workspace: (id: string) => request<InstallationWorkspaceDetail>('GET', at(id)),
    setPlan: (id: string, plan: string, trialEndsAt: string | null) =>
      request<InstallationWorkspace>('PUT', `${at(id)}/plan`, { body: { plan, trialEndsAt } }),
    suspend: (id: string, reason: string) =>
      request<InstallationWorkspace>('POST', `${at(id)}/suspend`, { body: { reason } }),
    resume: (id: string) => request<InstallationWorkspace>('POST', `${at(id)}/resume`, { body: {} }),

    plans: () => request<InstallationPlan[]>('GET', '/installation/plans'),

    templates: () => request<InstallationTemplate[]>('GET', '/installation/templates'),
    publishTemplate: (template: unknown, notes: string | null) =>
      request<{ slug: string; version: string }>('POST', '/installation/templates', { body: { template, notes } }),
    changeTemplate: (slug: string, card: TemplateCard) =>
      request<InstallationTemplate>('PATCH', `/installation/templates/${slug}`, { body: card }),
  }
}
