/** TXT records as DNS has them. */
import { Resolver } from 'node:dns/promises'
import { DnsUnreachable, type TextRecords } from '@oneforge/modules/identity'

/** DNS knows the name and has no such record, or does not know it. */
const nothingThere = new Set(['ENODATA', 'ENOTFOUND'])

export class DnsTextRecords implements TextRecords {
  private readonly resolver: Resolver

  /** @param options.servers addresses to ask, `9.9.9.9` or `127.0.0.1:5353`; those of the machine without any. */
  constructor({ servers = [], timeoutMs = 3_000 }: { servers?: string[]; timeoutMs?: number } = {}) {
    this.resolver = new Resolver({ timeout: timeoutMs, tries: 2 })
    if (servers.length > 0) this.resolver.setServers(servers)
  }

  async read(name: string): Promise<string[]> {
    try {
      // A long record comes in pieces.
      return (await this.resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code && nothingThere.has(code)) return []
      throw new DnsUnreachable(message)
    }
  }
}
