import { describe, expect, it } from 'vitest'
import { isInNetwork, networkOf, networkText, parseNetwork, plainAddress } from './index.ts'

const written = (text: string): string | undefined => {
  const network = parseNetwork(text)
  return network && networkText(network)
}
const holds = (network: string, address: string): boolean => isInNetwork(plainAddress(address)!, parseNetwork(network)!)

describe('a network', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['203.0.113.77/24', '203.0.113.0/24'],
    [' 203.0.113.77 ', '203.0.113.77/32'],
    ['10.255.255.255/9', '10.128.0.0/9'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0::1/32', '2001:db8::/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.9/120', '203.0.113.0/24'],
  ])('%s is %s', (text, expected) => {
    expect(written(text)).toBe(expected)
  })

  it.each([
    '',
    'example.com',
    '203.0.113',
    '203.0.113.256',
    '127.1',
    '0x7f.0.0.1',
    '010.0.0.1',
    '2130706433',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/',
    '203.0.113.0/24/8',
    '203.0.113.0/1e1',
    '2001:db8::/129',
    'fe80::1%eth0/64',
    '::ffff:203.0.113.9.1/120',
  ])('is not %s', (text) => {
    expect(written(text)).toBeUndefined()
  })

  it.each([
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['203.0.113.0/24', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '203.0.113.9', false],
    ['fe80::/10', 'fe80::1%eth0', true],
  ])('%s and %s: %s', (network, address, expected) => {
    expect(holds(network, address)).toBe(expected)
  })
})

it('stands for an address: of IPv6 its household’s, of IPv4 itself in either spelling', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:db8:1:2:ffff::1'))
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'))
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect([networkOf(null), networkOf('unknown')]).toEqual([null, null])
})
