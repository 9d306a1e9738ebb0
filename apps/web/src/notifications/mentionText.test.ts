import { describe, expect, it } from 'vitest'
import {
  mentionAt,
  peopleNamed,
  shownHtml,
  shownParts,
  shownText,
  snippetAt,
  storedHtml,
  storedText,
} from './mentionText.ts'

const ana = { id: '0190b6f2-0000-7000-8000-000000000001', name: 'Ana' }
const anaMaria = { id: '0190b6f2-0000-7000-8000-000000000002', name: 'Ana María' }

describe('a text that is inserted', () => {
  it('is asked for by a slash at the beginning of a line', () => {
    expect(snippetAt('/', 1)).toEqual({ start: 0, typed: '' })
    expect(snippetAt('Hello\n/First vis', 16)).toEqual({ start: 6, typed: 'First vis' })
    for (const text of ['either/or', '1/2', '/usr/bin', '/first\n'])
      expect(snippetAt(text, text.length)).toBeUndefined()
  })
})

describe('mentions in formatted text', () => {
  it('are names while it is written, and ids in entities where it is stored', () => {
    const html = `<p>Ask &lt;@${ana.id}&gt; &amp; others</p>`
    expect(shownHtml(html, [ana])).toBe('<p>Ask @Ana &amp; others</p>')
    expect(storedHtml('<p>Ask @Ana &amp; others</p>', [ana])).toBe(html)
    expect(shownHtml(html, [])).toBe(html)
    expect(peopleNamed(html, [ana, anaMaria])).toEqual([ana])
    expect(peopleNamed(`<@${anaMaria.id}>`, [ana, anaMaria])).toEqual([anaMaria])
  })
})

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
    expect(shownText(stored, [ana, anaMaria])).toBe('@Ana María and @Ana, please')
  })
})
