import { describe, expect, it } from 'vitest'
import { type Block, blocks } from './blocks.ts'
import { compile, draft } from './compile.ts'
import { renderHtml } from './index.ts'
import { plainTextOf } from './plain-text.ts'

const source = (mjml: string, rest = {}) => compile(draft.parse({ subject: 'Hello', mjml, ...rest }), 'source', 'en')
const visual = (all: unknown[], subject = 'Hello') =>
  compile(draft.parse({ subject, blocks: blocks.parse(all) satisfies Block[] }), 'visual', 'en')
const within = (content: string) =>
  `<mjml>\n<mj-body>\n<mj-section>\n<mj-column>\n${content}\n</mj-column>\n</mj-section>\n</mj-body>\n</mjml>`
const imageId = '01938f6e-0000-7000-8000-000000000001'

describe('blocks', () => {
  it('become HTML with their merge fields, values escaped when it is merged', async () => {
    const { html, problems, fields } = await visual([
      { type: 'heading', text: 'Dear {{ record.name | default: "friend" }} & <all>' },
      { type: 'text', html: '<p>See you on <b>{{ record.starts_at | date }}</b><script>x</script></p>' },
      { type: 'button', label: 'Look', url: 'https://example.com/?a=1&b={{ record.id | default: "x" }}' },
      { type: 'image', imageId, alt: 'A "logo"' },
      { type: 'divider' },
      { type: 'columns', columns: [[{ type: 'text', html: '<p>Left</p>' }], [{ type: 'text', html: '<p>Other</p>' }]] },
    ])
    expect(problems).toEqual([])
    expect(fields.map(({ path }) => path.join('.')).sort()).toEqual(['record.id', 'record.name', 'record.starts_at'])
    const values = { record: { name: '</div><script>', id: '1', starts_at: '2026-03-01' } }
    const merged = renderHtml(html, { values, locale: 'en-GB', timeZone: 'UTC' })
    expect(merged).toContain('Dear &lt;/div&gt;&lt;script&gt; &amp; &lt;all&gt;')
    expect(merged).toContain('<b>1 Mar 2026</b>')
    expect(merged).toContain('href="https://example.com/?a=1&amp;b=1"')
    expect(merged).toContain(`src="cid:${imageId}"`)
    expect(merged).not.toContain('<script')
    expect(merged).toContain('mj-column-per-50')
    expect(merged).not.toMatch(/https?:\/\/(?!example\.com|www\.w3\.org)/)
  })

  it('make a plain text that says where links lead', async () => {
    const { html } = await visual([
      { type: 'heading', text: 'Dear Ann' },
      { type: 'text', html: '<p>One</p><p>Two</p><ul><li>Three</li></ul>' },
      { type: 'button', label: 'Look', url: 'https://example.com/' },
    ])
    const lines = plainTextOf(html).split('\n').filter(Boolean)
    expect(lines).toEqual(['Dear Ann', 'One', 'Two', 'Three', 'Look (https://example.com/)'])
  })

  it.each(['<a href="x">', '<a ', '<head>', '<!', '<br ', '<a href="', ' \n', '<a href="aaaa">aaaa', '<style>'])(
    'make a plain text of very many “%s” as fast as of anything else',
    (part) => {
      const began = performance.now()
      plainTextOf(part.repeat(200_000 / part.length))
      // Where each of them looked through all that follows, it was minutes.
      expect(performance.now() - began).toBeLessThan(3_000)
    },
  )

  it('make a plain text without the head, comments and what is no link', () => {
    const html =
      '<head><title>T</title></head><!-- no --><p>See <a href="https://a.example">here</a> or <a>there</a></p><!-- on'
    expect(plainTextOf(html)).toBe('See here (https://a.example) or there')
  })
})

describe('the source', () => {
  it('is compiled, with its own text', async () => {
    const { html, problems } = await source(within('<mj-text>Hello {{ record.name }}</mj-text>'))
    expect(problems).toEqual([])
    expect(html).toContain('Hello {{ record.name }}')
  })

  it.each([
    ['an element that is none', within('<mj-foo />'), 5, 'mj-foo'],
    ['a tag that is not closed', within('<mj-text>Hello'), 6, '</mj-column> closes <mj-text>'],
    ['Liquid that is none', within('<mj-text>{% if x %}</mj-text>'), 5, 'not closed'],
    ['an include', within('<mj-include path="/etc/passwd" />'), 5, 'Includes are not available'],
    ['a script', within('<mj-text>x\n<script>alert(1)</script></mj-text>'), 6, 'Scripts'],
    ['a script in raw HTML', within('<mj-raw><SCRIPT>1</SCRIPT></mj-raw>'), 5, 'Scripts'],
    ['what runs on an event', within('<mj-text><img src="x" onerror="alert(1)"></mj-text>'), 5, 'onclick'],
    ['a link that runs', within('<mj-button href="javascript:alert(1)">x</mj-button>'), 5, 'Links lead'],
    ['no MJML at all', 'Hello', 0, ''],
  ])('with %s is told with the line', async (_, mjml, line, message) => {
    const { problems } = await source(mjml)
    expect(problems[0]).toMatchObject({ part: 'content', line, message: expect.stringContaining(message) })
  })

  it('nests as deep as it likes without harm', async () => {
    const began = performance.now()
    await source(`<mjml><mj-body>${'<mj-section>'.repeat(7_000)}</mj-body></mjml>`)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it.each(['<', '<mj', '<mj-', ' ', '-', '< on'])('of nothing but “%s” is read at once', async (part) => {
    const mjml = `<mj${part.repeat(99_000 / part.length)}`
    const began = performance.now()
    await source(mjml)
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('says what is wrong with the subject and the text, too', async () => {
    const { problems } = await source(within('<mj-text>x</mj-text>'), {
      subject: '{{ record.',
      text: 'a\n{% nonsense %}',
    })
    expect(problems.map(({ part, line }) => [part, line])).toEqual([
      ['subject', 1],
      ['text', 2],
    ])
  })
})
