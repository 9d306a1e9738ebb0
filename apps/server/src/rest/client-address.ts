/** Whom a request comes from: proxies are believed only if they are named in OF_TRUSTED_PROXIES. */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export class ClientAddresses {
  private readonly ranges: [Address, number][]

  constructor(trusted: string[]) {
    this.ranges = trusted.map((text) => {
      if (text.includes('/')) return ipaddr.parseCIDR(text)
      const address = ipaddr.process(text)
      return [address, address.kind() === 'ipv4' ? 32 : 128]
    })
  }

  /** The last address of `X-Forwarded-For` that no trusted proxy has; the peer itself if it is not trusted. */
  resolve(peer: string | undefined, forwardedFor: string | null): string | null {
    if (!peer || !ipaddr.isValid(peer)) return null
    const hops = [
      ...(forwardedFor ?? '')
        .split(',')
        .map((hop) => hop.trim())
        .filter((hop) => ipaddr.isValid(hop)),
      peer,
    ]
    for (let i = hops.length - 1; i > 0; i--) {
      if (!this.isTrusted(hops[i]!)) return ipaddr.process(hops[i]!).toString()
    }
    return ipaddr.process(hops[0]!).toString()
  }

  private isTrusted(text: string): boolean {
    const address = ipaddr.process(text)
    return this.ranges.some(
      ([range, bits]) => range.kind() === address.kind() && address.match(range as ipaddr.IPv4, bits),
    )
  }
}
