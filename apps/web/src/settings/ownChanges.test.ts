import { describe, expect, it } from 'vitest'
import { afterOwnChanges, noteOwnChange } from './ownChanges.ts'

describe('changes of one page', () => {
  it('follow on each other, also from a form opened before the first was answered', () => {
    noteOwnChange('wines', 4, 5)
    noteOwnChange('wines', 5, 8)
    expect(afterOwnChanges('wines', 4)).toBe(8)
    expect(afterOwnChanges('wines', 5)).toBe(8)
    expect(afterOwnChanges('wineries', 4)).toBe(4)
  })

  it('do not follow on what somebody else did', () => {
    noteOwnChange('tours', 2, 3)
    noteOwnChange('tours', 6, 7)
    expect(afterOwnChanges('tours', 2)).toBe(3)
    expect(afterOwnChanges('tours', undefined)).toBeUndefined()
  })

  it('may leave the version as it was', () => {
    noteOwnChange('orders', 3, 3)
    expect(afterOwnChanges('orders', 3)).toBe(3)
  })
})
