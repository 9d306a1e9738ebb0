/**
 * Where people reach a workspace's page: at its own verified domain, else at the installation's address, whose scheme and
 * port hold for both.
 */
export function pageAddress(baseUrl: string, domain: string | null): string {
  if (domain === null) return baseUrl
  const url = new URL(baseUrl)
  url.hostname = domain
  return url.toString().replace(/\/+$/, '')
}
