import { pageAddress } from '@oneforge/kernel/tenancy'

/**
 * Addresses of the page that stand in messages. A token comes after the `#`: that part is sent to no server.
 *
 * What concerns a workspace leads to its own domain. What concerns a person never does: an account belongs to several
 * workspaces, and who holds the domain of one could read the token of a link there.
 */
export class PageLinks {
  private readonly baseUrl: string

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl
  }

  verification = (token: string): string => `${this.baseUrl}/verify-email#${token}`
  passwordReset = (token: string): string => `${this.baseUrl}/reset-password#${token}`
  invitation = (token: string, domain: string | null): string =>
    `${pageAddress(this.baseUrl, domain)}/invitation#${token}`
}
