import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitizeHtml, textOfHtml } from './html.ts'

const cases: [string, string][] = [
  ['plain & simple < 5 > 3', 'plain &amp; simple &lt; 5 &gt; 3'],
  ['<p style="x">a<br/>b</p>', '<p>a<br>b</p>'],
  [
    '<a href="https://x.y/?a=1&b=2" onclick=x>k</a>',
    '<a href="https://x.y/?a=1&amp;b=2" rel="noopener noreferrer">k</a>',
  ],
  ['<a href="javascript:alert(1)">k</a>', '<a>k</a>'],
  ['<a href="java&#115;cript:alert(1)">k</a>', '<a>k</a>'],
  ['<img src=x onerror=alert(1)>', ''],
  ['<svg><style><img src=x></style></svg>ok', 'ok'],
  ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
  ['</b>x', 'x'],
  ['<!-- <b> -->x<!-- y', 'x'],
  ['<scr<script>x</script>ipt>alert(1)', '&lt;script&gt;alert(1)'],
]

describe('sanitizeHtml', () => {
  it.each(cases)('%s', (html, clean) => expect(sanitizeHtml(html)).toBe(clean))

  const piece = fc.constantFrom(
    ...[
      '<',
      '>',
      '</',
      '/',
      '"',
      "'",
      '=',
      ' ',
      '&',
      '&lt;',
      '<!--',
      '-->',
      'a',
      'b',
      'p',
      'href',
      'script',
      'svg',
      'onload',
    ],
    ...['<a href="', 'javascript:', 'https://x', '<b>', '</b>', '<p>', '<script>', '</script>', '<style>', 'é'],
  )
  const html = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
  const onlyAllowed =
    /^(?:[^<>]|<\/?(?:a|b|p)>|<a href="(?:https?:\/\/|mailto:|tel:)[^"<>]*" rel="noopener noreferrer">)*$/

  it('writes nothing but text and tags of the list, and is at rest after one pass', () => {
    fc.assert(
      fc.property(html, (dirty) => {
        const clean = sanitizeHtml(dirty)
        expect(clean).toMatch(onlyAllowed)
        expect(sanitizeHtml(clean)).toBe(clean)
      }),
      { numRuns: 3_000 },
    )
  })

  it.each(['<b>x', '<a', '<a ', '<!--', '<a href="', '&', '</b>', '<p><b>'])('stays linear on 200 kB of %s', (part) => {
    const started = performance.now()
    sanitizeHtml(part.repeat(200_000 / part.length))
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  it('reads the words back', () => {
    expect(textOfHtml('<p>a &amp;lt; b</p>')).toBe('a &lt; b')
  })
})
