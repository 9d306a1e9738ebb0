import { isOutside } from '@oneforge/kernel/tenancy'
import { describe, expect, it } from 'vitest'
import { outsideAddress } from './outside-host.ts'

describe('a server that a tenant names', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1'])('may be at %s', (address) => {
    expect(isOutside(address)).toBe(true)
  })

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'not an address',
  ])('may not be at %s', (address) => {
    expect(isOutside(address)).toBe(false)
  })

  it.each(['localhost', '127.0.0.1', '127.1', '0x7f000001', '2130706433', '[::1]', '::1'])(
    'is not reached by the name %s',
    async (host) => {
      await expect(outsideAddress(host)).rejects.toThrow()
    },
  )
})
