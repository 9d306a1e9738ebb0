/**
 * Which workspace an address is of: `<slug>.crm.example.com` where the installation is `crm.example.com`, or the domain
 * that a workspace has verified as its own.
 */
import type { Database } from '@oneforge/kernel/database'
import { findWorkspaceAt } from './domain/domain.store.ts'

export class WorkspaceAddresses {
  private readonly database: Database
  private readonly installation: string

  constructor({ database, baseUrl }: { database: Database; baseUrl: string }) {
    this.database = database
    this.installation = new URL(baseUrl).hostname
  }

  /**
   * Slug or id of the workspace of the host that the request was sent to, undefined on the installation's own address.
   * Proxies must hand the Host header on; a forwarded one is not believed.
   */
  async workspaceAt(host: string | null | undefined): Promise<string | undefined> {
    const name = host?.toLowerCase().replace(/:\d+$/, '')
    if (!name || name === this.installation) return undefined
    const suffix = `.${this.installation}`
    if (!name.endsWith(suffix)) return findWorkspaceAt(this.database, name)
    const slug = name.slice(0, -suffix.length)
    return /^[a-z0-9-]+$/.test(slug) ? slug : undefined
  }
}
