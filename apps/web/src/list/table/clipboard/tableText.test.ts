import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTabbed, writeTabbed, writeTable } from './tableText.ts'

describe('text with tabs', () => {
  it('is what spreadsheets write', () => {
    expect(readTabbed('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
    expect(readTabbed('one')).toEqual([['one']])
    expect(readTabbed('')).toEqual([['']])
    expect(readTabbed('a\t\n\tb')).toEqual([
      ['a', ''],
      ['', 'b'],
    ])
    expect(readTabbed('"two\nlines"\t"a ""word"""\n5" pipe\t"open')).toEqual([
      ['two\nlines', 'a "word"'],
      ['5" pipe', '"open'],
    ])
  })

  it('comes back as it went', () => {
    const text = fc.stringMatching(/^[ab"\t\n\r, ]{0,6}$/)
    const line = fc.array(text, { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (rows) => {
        expect(readTabbed(writeTabbed(rows))).toEqual(rows)
      }),
    )
  })
})

describe('a table', () => {
  it('holds no marks of its own, whatever stands in the cells', () => {
    const html = writeTable([['<b>"A" & B</b>', 'two\nlines']], { rows: [['"']] })
    expect(html).toContain('<td>&lt;b&gt;&quot;A&quot; &amp; B&lt;/b&gt;</td><td>two<br>lines</td>')
    expect(html).toContain('data-oneforge="{&quot;rows&quot;:[[&quot;\\&quot;&quot;]]}"')
  })
})
