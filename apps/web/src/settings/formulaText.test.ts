import { describe, expect, it } from 'vitest'
import { markedParts, withWord, wordAt } from './formulaText.ts'

describe('the word at the cursor', () => {
  it('is a name with its way', () => {
    expect(wordAt('1 + deal.comp', 13)).toEqual({ start: 4, end: 13 })
    expect(wordAt('1 + ', 4)).toEqual({ start: 4, end: 4 })
  })

  it('is none inside a text', () => {
    expect(wordAt('"Dear na', 8)).toEqual({ start: 8, end: 8 })
    expect(wordAt('"Dear " + na', 12)).toEqual({ start: 10, end: 12 })
  })

  it('gives way to what is chosen, with the cursor between brackets', () => {
    expect(withWord('1 + de', { start: 4, end: 6 }, 'deal.amount')).toEqual({ text: '1 + deal.amount', cursor: 15 })
    expect(withWord('ro', { start: 0, end: 2 }, 'round()')).toEqual({ text: 'round()', cursor: 6 })
  })
})

describe('marks', () => {
  it('cut the text', () => {
    expect(markedParts('a + bb', [{ start: 4, end: 6 }])).toEqual([
      { text: 'a + ', marked: false },
      { text: 'bb', marked: true },
    ])
  })

  it('at the end fall on the last character', () => {
    expect(markedParts('a +', [{ start: 3, end: 3 }])).toEqual([
      { text: 'a ', marked: false },
      { text: '+', marked: true },
    ])
    expect(markedParts('', [{ start: 0, end: 0 }])).toEqual([])
  })
})
