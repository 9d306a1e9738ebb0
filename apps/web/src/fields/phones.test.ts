import * as rules from 'libphonenumber-js/min'
import { describe, expect, it } from 'vitest'
import { formatPhone } from './phones.ts'

describe('a telephone number', () => {
  it.each([
    ['+442079460018', 'GB', '020 7946 0018'],
    ['+442079460018', 'DE', '+44 20 7946 0018'],
    ['+442079460018', null, '+44 20 7946 0018'],
    ['+16175550134', 'US', '(617) 555-0134'],
    ['+16175550134', 'CA', '(617) 555-0134'],
    ['+34600555666', 'ES', '600 55 56 66'],
    ['+4930123456', 'DE', '030 123456'],
    ['+16175550134', 'nowhere', '+1 617 555 0134'],
    ['ask at the desk', 'GB', 'ask at the desk'],
  ])('%s is read in %s as %s', (number, country, written) => {
    expect(formatPhone(number, country, rules)).toBe(written)
  })
})
