import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { guideNames, htmlOf, outlineOf } from '../../build/guides.ts'
import { topics } from './topics.ts'

const english = JSON.parse(readFileSync(new URL('../i18n/en/help.json', import.meta.url), 'utf8'))

describe('what is explained', () => {
  it.each(Object.entries(topics))('of %s leads to a heading of a guide', (_, { guide, heading }) => {
    expect(guideNames()).toContain(guide)
    expect(outlineOf(guide).headings.map(({ id }) => id)).toContain(heading)
  })

  it('has words for each', () => {
    expect(Object.keys(english.topic)).toEqual(Object.keys(topics))
  })
})

describe('a guide in the page', () => {
  it('shows HTML as text, and leads to other guides alone', () => {
    const { html } = htmlOf('# Title\n\n<script>alert(1)</script>\n\n[one](rules.md#numbers) [two](../../LICENSE)')
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('Title')
    expect(html).toContain('<a href="/help/rules#numbers">one</a> two')
  })

  it('has links to no address that does something', () => {
    expect(htmlOf('[x](javascript:alert(1))').html).toBe('<p>x</p>\n')
  })

  it('puts its pictures where they stand', () => {
    const { html, pictures } = htmlOf('![A "list"](../pictures/list.png)')
    expect(pictures).toEqual(['../pictures/list.png'])
    expect(html).toContain('alt="A &quot;list&quot;"')
  })
})
