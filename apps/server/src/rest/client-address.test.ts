import { describe, expect, it } from 'vitest'
import { ClientAddresses } from './client-address.ts'

const none = new ClientAddresses([])
const proxied = new ClientAddresses(['10.0.0.0/8', '2001:db8:1::/48', '192.0.2.7'])

describe('the address of a request', () => {
  it('is that of the peer, whatever it says of others', () => {
    expect(none.resolve('203.0.113.9', null)).toBe('203.0.113.9')
    expect(none.resolve('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
    expect(none.resolve('::ffff:203.0.113.9', '198.51.100.1, 198.51.100.2')).toBe('203.0.113.9')
    expect(none.resolve(undefined, '198.51.100.1')).toBeNull()
    expect(proxied.resolve('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9')
  })

  it('is what trusted proxies saw: the last hop that is none of them', () => {
    expect(proxied.resolve('10.1.1.1', '203.0.113.9')).toBe('203.0.113.9')
    expect(proxied.resolve('10.1.1.1', '203.0.113.9, 10.2.2.2, 192.0.2.7')).toBe('203.0.113.9')
    expect(proxied.resolve('2001:db8:1::5', '2001:db8:9::9')).toBe('2001:db8:9::9')
    expect(proxied.resolve('10.1.1.1', null)).toBe('10.1.1.1')
  })

  it('is never what a stranger wrote in front', () => {
    expect(proxied.resolve('10.1.1.1', '10.9.9.9, 203.0.113.9')).toBe('203.0.113.9')
    expect(proxied.resolve('10.1.1.1', '198.51.100.1,203.0.113.9')).toBe('203.0.113.9')
    expect(proxied.resolve('10.1.1.1', '127.0.0.1, ::1, 203.0.113.9')).toBe('203.0.113.9')
  })

  it('reads hops that carry their port', () => {
    expect(proxied.resolve('10.1.1.1', '198.51.100.1, 203.0.113.9:4711')).toBe('203.0.113.9')
    expect(proxied.resolve('10.1.1.1', '[2001:db8:9::9]:4711')).toBe('2001:db8:9::9')
  })

  it('is unknown where a proxy names none, instead of the one before', () => {
    expect(proxied.resolve('10.1.1.1', '198.51.100.1, unknown')).toBeNull()
    expect(proxied.resolve('10.1.1.1', '198.51.100.1, 0x7f.1')).toBeNull()
  })
})
