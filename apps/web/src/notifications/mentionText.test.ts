import { describe, expect, it } from 'vitest'
import { mentionAt, shownParts, storedText } from './mentionText.ts'

const ana = { id: '0190b6f2-0000-7000-8000-000000000001', name: 'Ana' }
const anaMaria = { id: '0190b6f2-0000-7000-8000-000000000002', name: 'Ana María' }

describe('mentions', () => {
  it('begin at an @ that stands at the beginning of a word', () => {
    expect(mentionAt('Ask @An', 7)).toEqual({ start: 4, typed: 'An' })
    expect(mentionAt('@', 1)).toEqual({ start: 0, typed: '' })
    expect(mentionAt('@Ana Mar', 8)).toEqual({ start: 0, typed: 'Ana Mar' })
    expect(mentionAt('mail ana@example.com', 12)).toBeUndefined()
    expect(mentionAt('@Ana went home today', 20)).toBeUndefined()
  })

  it('are stored by id, and shown by name', () => {
    const stored = storedText('@Ana María and @Ana, please', [ana, anaMaria])
    expect(stored).toBe(`<@${anaMaria.id}> and <@${ana.id}>, please`)
    expect(shownParts(stored, [ana, anaMaria])).toEqual(['', anaMaria, ' and ', ana, ', please'])
    expect(shownParts(`<@${ana.id}>`, [])).toEqual(['', `<@${ana.id}>`, ''])
  })
})
