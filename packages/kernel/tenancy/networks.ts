/** Networks: ranges of IPv4 and IPv6 addresses in CIDR notation, and whether an address lies in one. */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export interface Network {
  range: Address
  /** How many bits of the range count. */
  bits: number
}

/**
 * A range such as `203.0.113.0/24` or `2001:db8::/32`, or a single address; undefined for anything else. Bits beyond the
 * range are cleared, and an IPv4 range written as IPv6 is the IPv4 range.
 */
export function parseNetwork(text: string): Network | undefined {
  const [address, length, ...rest] = text.trim().split('/')
  const written = address === undefined ? undefined : parseAddress(address)
  if (!written || rest.length > 0) return undefined
  const most = written.kind() === 'ipv4' ? 32 : 128
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN
  if (!(bits <= most)) return undefined
  return cleared(mapped(written, bits))
}

/** An address as it is usually written, without the shorthands (`127.1`, `0x7f000001`) that hide what it is. */
function parseAddress(text: string): Address | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  return ipaddr.IPv6.isValid(text) && !text.includes('%') ? ipaddr.IPv6.parse(text) : undefined
}

const mappedBits = 96

function mapped(range: Address, bits: number): Network {
  if (range instanceof ipaddr.IPv6 && range.isIPv4MappedAddress() && bits >= mappedBits) {
    return { range: range.toIPv4Address(), bits: bits - mappedBits }
  }
  return { range, bits }
}

function cleared({ range, bits }: Network): Network {
  const bytes = range
    .toByteArray()
    .map((byte, index) => byte & (0xff << Math.min(8, Math.max(0, 8 * (index + 1) - bits))))
  return { range: ipaddr.fromByteArray(bytes), bits }
}

/** `203.0.113.0/24`, the same for all ways of writing it. */
export const networkText = ({ range, bits }: Network): string => `${range.toString()}/${bits}`

/**
 * The address as it is written everywhere here: IPv4 in the clothes of IPv6 is IPv4, and a link-local one comes without
 * its interface. Undefined for what is none.
 */
export function plainAddress(text: string): string | undefined {
  const address = parseAddress(text.replace(/%\w+$/, ''))
  return address && ipaddr.process(address.toString()).toString()
}

/** What stands for an address: of IPv6 the network, because a household has 2^64 addresses; null when it is unknown. */
export function networkOf(ip: string | null): string | null {
  if (!ip || !ipaddr.isValid(ip)) return null
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.fromByteArray([...address.toByteArray().slice(0, 8), ...Array(8).fill(0)]).toString()
}

/** Whether the address, as `plainAddress` writes it, lies in the network. */
export function isInNetwork(address: string, { range, bits }: Network): boolean {
  const one = ipaddr.parse(address)
  return one.kind() === range.kind() && one.match(range as ipaddr.IPv4, bits)
}

/**
 * Whether the address belongs to the public network: not loopback, private, link-local, reserved, nor a way around them. IPv4
 * in the clothes of IPv6 is IPv4.
 */
export const isOutside = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
