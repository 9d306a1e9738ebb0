import { describe, expect, it } from 'vitest'
import { keptLook, lookOf, readColumns, readLook, writeLook } from './listLook.ts'

const view = { groupBy: 'status', settings: { thenBy: 'ward', density: 'compact' as const } }

describe('the look of a list', () => {
  it('is the view’s where the address says nothing, and is kept as it was', () => {
    const look = readLook(new URLSearchParams(), view)
    expect(look).toEqual({ groups: ['status', 'ward'], settings: { density: 'compact' } })
    expect(keptLook(look)).toEqual(view)
    expect(writeLook(new URLSearchParams(), look, view).toString()).toBe('')
  })

  it('survives the way through the address', () => {
    const look = { groups: [], settings: { density: 'tall' as const, columnSettings: [{ field: 'a', width: 90 }] } }
    const address = writeLook(new URLSearchParams('view=x'), look, view).toString()
    expect(readLook(new URLSearchParams(address), view)).toEqual(look)
  })

  it('falls back to the view when somebody mangled the address', () => {
    expect(readLook(new URLSearchParams('look={oops'), view)).toEqual(lookOf(view))
    expect(readLook(new URLSearchParams('look=5'), undefined)).toEqual({ groups: [], settings: {} })
    expect(readColumns(new URLSearchParams('columns=a,,b'))).toEqual(['a', 'b'])
    expect(readColumns(new URLSearchParams())).toBeUndefined()
  })
})
