/** Whom a request comes from: proxies are believed only if they are named in OF_TRUSTED_PROXIES. */
import { isInNetwork, type Network, parseNetwork, plainAddress } from '@oneforge/kernel/tenancy'

export class ClientAddresses {
  private readonly trusted: Network[]

  constructor(trusted: string[]) {
    this.trusted = trusted.map((text) => {
      const network = parseNetwork(text)
      if (!network) throw new Error(`“${text}” is no address or range of addresses.`)
      return network
    })
  }

  /**
   * The peer itself unless it is a trusted proxy; else the last hop of `X-Forwarded-For` that is none. Hops before that
   * one are what a stranger says. Null where the address cannot be told.
   */
  resolve(peer: string | undefined, forwardedFor: string | null): string | null {
    const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '')
    let address = peer && plainAddress(peer)
    while (address && this.isTrusted(address) && hops.length > 0) address = addressOfHop(hops.pop()!)
    return address ?? null
  }

  private isTrusted(address: string): boolean {
    return this.trusted.some((network) => isInNetwork(address, network))
  }
}

/** Some proxies write the port as well: `203.0.113.9:4711`, `[2001:db8::9]:4711`. */
function addressOfHop(hop: string): string | undefined {
  const text = hop.trim()
  const [, bracketed, withPort] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(text) ?? []
  return plainAddress(bracketed ?? withPort ?? text)
}
