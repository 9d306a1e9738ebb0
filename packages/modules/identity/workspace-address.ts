/** A workspace's own address: `<slug>.crm.example.com` where the installation is `crm.example.com`. */

/**
 * The slug in the host that the request was sent to, undefined on the installation's own address. Proxies must hand the
 * Host header on; a forwarded one is not believed.
 */
export function workspaceOfHost(host: string | null | undefined, baseUrl: string): string | undefined {
  const name = host?.toLowerCase().replace(/:\d+$/, '')
  const suffix = `.${new URL(baseUrl).hostname}`
  if (!name?.endsWith(suffix)) return undefined
  const slug = name.slice(0, -suffix.length)
  return /^[a-z0-9-]+$/.test(slug) ? slug : undefined
}
