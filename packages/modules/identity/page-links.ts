/** Addresses of the page that stand in messages. A token comes after the `#`: that part is sent to no server. */
export class PageLinks {
  private readonly baseUrl: string

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl
  }

  verification = (token: string): string => `${this.baseUrl}/verify-email#${token}`
  passwordReset = (token: string): string => `${this.baseUrl}/reset-password#${token}`
  invitation = (token: string): string => `${this.baseUrl}/invitation#${token}`
}
