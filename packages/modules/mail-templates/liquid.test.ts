import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MergeFailed, type MergeScope, mergeFields, renderHtml, renderText } from './index.ts'
import { workLimit } from './work-limit.ts'

const scope = (values: Record<string, unknown>, change: Partial<MergeScope> = {}): MergeScope => ({
  values,
  locale: 'en-GB',
  timeZone: 'Europe/Madrid',
  ...change,
})
const record = {
  full_name: 'Ann <Bo>',
  visit_date: '2026-03-01',
  starts_at: '2026-03-01T08:30:00.000Z',
  fee: { amount: '1234.50', currency: 'EUR' },
  doctor: { title: 'Dr. Wu', phone: '+34 600' },
  tags: ['a', 'b'],
  count: 12_345.678,
}
const text = (source: string, change?: Partial<MergeScope>) => renderText(source, scope({ record }, change))

describe('the fields of a text', () => {
  it('are named with their whole way, also within conditions and loops', () => {
    const source =
      '{{ record.doctor.phone }} {% if tenant.name == "x" %}{% for t in record.tags %}{{ t }}{% endfor %}{% endif %}'
    expect(mergeFields(source)).toEqual(
      expect.arrayContaining([
        ['record', 'doctor', 'phone'],
        ['tenant', 'name'],
        ['record', 'tags'],
      ]),
    )
    expect(mergeFields(source)).toHaveLength(3)
  })

  it('of what is no Liquid are refused with the line', () => {
    expect(() => mergeFields('one\n{% if x %}')).toThrow(MergeFailed)
    expect(() => mergeFields('one\n{{ record. }} {% nonsense %}')).toThrow(expect.objectContaining({ line: 2 }))
  })
})

describe('values', () => {
  it.each([
    ['{{ record.visit_date }}', '1 Mar 2026'],
    ['{{ record.visit_date | date: "%d.%m.%Y" }}', '01.03.2026'],
    ['{{ record.visit_date | date: "%Y-%m-%d" }}', '2026-03-01'],
    ['{{ record.visit_date | date: "full" }}', 'Sunday, 1 March 2026'],
    ['{{ record.starts_at }}', '1 Mar 2026, 09:30'],
    ['{{ record.starts_at | date: "time" }}', '09:30'],
    ['{{ record.starts_at | date: "%H:%M" }}', '09:30'],
    ['{{ record.fee }}', '€1,234.50'],
    ['{{ record.fee.amount | money: "USD" }}', 'US$1,234.50'],
    ['{{ record.doctor }}', 'Dr. Wu'],
    ['{{ record.doctor.phone }}', '+34 600'],
    ['{{ record.tags }}', 'a, b'],
    ['{{ record.count | number: 1 }}', '12,345.7'],
    ['{{ record.nothing.at.all | default: "–" | upcase }}', '–'],
    ['{{ record.missing }}', ''],
  ])('%s is %s', (source, expected) => {
    expect(text(source)).toBe(expected)
  })

  it('follow the reader: a day stays the day in every zone', () => {
    expect(text('{{ record.visit_date }}', { timeZone: 'America/Los_Angeles', locale: 'de' })).toBe('01.03.2026')
    expect(text('{{ record.visit_date | date: "%d" }}', { timeZone: 'America/Los_Angeles' })).toBe('01')
    expect(text('{{ record.starts_at | date: "time" }}', { timeZone: 'America/Los_Angeles' })).toBe('00:30')
  })

  it('are escaped in HTML, and plain in text', () => {
    expect(text('{{ record.full_name }}')).toBe('Ann <Bo>')
    expect(renderHtml('<b title="{{ x }}">{{ record.full_name }}</b>', scope({ record, x: '"><script>' }))).toBe(
      '<b title="&quot;&gt;&lt;script&gt;">Ann &lt;Bo&gt;</b>',
    )
  })

  it('never become markup, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const html = renderHtml(
          '<i title="{{ v }}">{{ v }}{% assign w = v %}{{ w | append: v }}</i>',
          scope({ v: value }),
        )
        expect(html.match(/[<>"]/g)?.join('')).toBe('<""><>')
      }),
    )
  })

  it('make no link that runs something', () => {
    const html = (url: string) => renderHtml('<a href="{{ url }}">x</a>', scope({ url }))
    expect(html('javascript:alert(1)')).toBe('<a href="#alert(1)">x</a>')
    expect(html(' JavaScript:alert(1)')).toBe('<a href="#alert(1)">x</a>')
    expect(html('https://example.com/?a=1&b=2')).toBe('<a href="https://example.com/?a=1&amp;b=2">x</a>')
  })
})

describe('a hostile text', () => {
  it.each([
    ['reads a file', '{% include "/etc/passwd" %}'],
    ['renders another', '{% render "/etc/passwd" %}'],
    ['has a layout', '{% layout "/etc/passwd" %}'],
    ['asks for raw output', '{{ record.full_name | raw }}'],
    ['undoes the escaping', '{{ record.full_name | strip_html }}'],
    ['echoes past the escaping', '{% echo record.full_name %}'],
    ['captures', '{% capture x %}{{ record.full_name }}{% endcapture %}'],
    ['counts for ever', '{% for i in (1..100000000) %}x{% endfor %}'],
    ['loops in loops', `${'{% for i in (1..900) %}'.repeat(4)}x${'{% endfor %}'.repeat(4)}`],
    ['doubles a text', `{% assign x = "${'x'.repeat(1000)}" %}${'{% assign x = x | append: x %}'.repeat(40)}{{ x }}`],
    ['is too long', 'x'.repeat(300_000)],
  ])('that %s is refused soon', (_, source) => {
    const began = process.threadCpuUsage()
    expect(() => renderHtml(source, scope({ record }))).toThrow(MergeFailed)
    const { user, system } = process.threadCpuUsage(began)
    expect((user + system) / 1_000).toBeLessThan(2_000)
  })

  it('is told that it repeats too much, and where', () => {
    const source = `one\n${'{% for i in (1..900) %}'.repeat(2)}x${'{% endfor %}'.repeat(2)}`
    const told = { message: expect.stringContaining('repeats too much'), line: 2 }
    expect(() => text(source)).toThrow(expect.objectContaining(told))
  })

  it('is measured by the work that it makes, not by the time that passes', () => {
    const pause = new Int32Array(new SharedArrayBuffer(4))
    const values = {
      get slow() {
        Atomics.wait(pause, 0, 0, 10)
        return 'x'
      },
    }
    expect(renderText('{% for i in (1..120) %}{{ slow }}{% endfor %}', scope(values))).toBe('x'.repeat(120))
  })

  it('that has few parts which take long may be tried again', () => {
    let worked = 0
    const check = workLimit(() => worked)
    for (let part = 1; part < 100; part++) check()
    worked = 2_000
    expect(check).toThrow(expect.objectContaining({ status: 503 }))
  })

  it('reaches nothing behind the values', () => {
    const source =
      '{{ record.constructor.name }}{{ record.__proto__ }}{{ record.full_name.constructor }}{{ constructor }}'
    expect(text(source)).toBe('')
  })
})
