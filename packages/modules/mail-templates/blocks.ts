/** What the visual editor makes: blocks, one below the other, and the MJML that they stand for. */
import { sanitizeHtml } from '@oneforge/kernel/metadata/values'
import { z } from 'zod'
import { escapeHtml } from './merge-filters.ts'

const line = (most: number) =>
  z
    .string()
    .max(most, `takes at most ${most} characters`)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line')
const align = z.enum(['left', 'center', 'right']).default('left')

const plainBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), text: line(500), level: z.int().min(1).max(3).default(1), align }),
  z.strictObject({ type: z.literal('text'), html: z.string().max(50_000, 'takes at most 50,000 characters') }),
  z.strictObject({
    type: z.literal('button'),
    label: line(200),
    url: line(2_000),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #1971c2')
      .default('#1971c2'),
    align,
  }),
  z.strictObject({
    type: z.literal('image'),
    imageId: z.uuid('must be the id of a picture that was added'),
    alt: line(300).default(''),
    width: z.int().min(20).max(600).default(600),
    align,
  }),
  z.strictObject({ type: z.literal('divider') }),
])
type PlainBlock = z.output<typeof plainBlock>

const columns = z.strictObject({
  type: z.literal('columns'),
  columns: z.array(z.array(plainBlock).max(20)).min(2, 'must be two or three').max(3, 'must be two or three'),
})

export const blocks = z.array(z.union([plainBlock, columns])).max(100, 'takes at most 100 blocks')
export type Block = z.output<typeof blocks>[number]

/** The document, in the widths and letters that mail programs show alike. */
export function mjmlOf(all: Block[], language: string): string {
  return `<mjml lang="${language}">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-text font-size="15px" line-height="1.5" color="#212529" />
      <mj-section background-color="#ffffff" padding="8px 0" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="#f1f3f5">
${sectionsOf(all).join('\n')}
  </mj-body>
</mjml>`
}

/** Blocks that stand alone share a section until columns come. */
function sectionsOf(all: Block[]): string[] {
  const sections: string[] = []
  let alone: PlainBlock[] = []
  const close = () => {
    if (alone.length > 0) sections.push(sectionOf([alone]))
    alone = []
  }
  for (const block of all) {
    if (block.type !== 'columns') alone.push(block)
    else {
      close()
      sections.push(sectionOf(block.columns))
    }
  }
  close()
  return sections
}

const sectionOf = (columns: PlainBlock[][]): string =>
  `<mj-section>${columns.map((one) => `<mj-column>${one.map(elementOf).join('\n')}</mj-column>`).join('')}</mj-section>`

const headingSizes = { 1: '26px', 2: '20px', 3: '16px' } as const

function elementOf(block: PlainBlock): string {
  switch (block.type) {
    case 'heading': {
      const size = headingSizes[block.level as 1]
      const tag = `h${block.level}`
      const style = 'margin: 0; font-size: inherit'
      return `<mj-text align="${block.align}" font-size="${size}" line-height="1.3"><${tag} style="${style}">${outsideFields(block.text, escapeHtml)}</${tag}></mj-text>`
    }
    case 'text':
      return `<mj-text>${sanitizeHtml(block.html)}</mj-text>`
    case 'button':
      return `<mj-button align="${block.align}" background-color="${block.color}" border-radius="6px" href="${attribute(block.url)}">${outsideFields(block.label, escapeHtml)}</mj-button>`
    case 'image':
      return `<mj-image align="${block.align}" width="${block.width}px" src="cid:${block.imageId}" alt="${attribute(block.alt)}" />`
    case 'divider':
      return '<mj-divider border-width="1px" border-color="#dee2e6" />'
  }
}

const field = /(\{\{.*?\}\}|\{%.*?%\})/

/** Changes what stands outside of merge fields, which are Liquid and read as such later. */
const outsideFields = (text: string, change: (part: string) => string, inside = (part: string) => part): string =>
  text
    .split(field)
    .map((part, index) => (index % 2 === 0 ? change(part) : inside(part)))
    .join('')

/** Liquid knows both quotes; an attribute ends at the double one. */
const attribute = (text: string): string => outsideFields(text, escapeHtml, (part) => part.replaceAll('"', "'"))
