import { Marked } from 'marked'
import { useMemo } from 'react'
import CleanHtml from '../../fields/CleanHtml.tsx'

/** Headings become lines that stand out: the page has its own, and they are told apart from those of widgets. */
const written = new Marked({
  async: false,
  breaks: true,
  renderer: {
    heading({ tokens }) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`
    },
  },
})

/** What somebody wrote on a board: plain formatting only, whatever else stands in it. */
export default function MarkdownText({ text }: { text: string }) {
  const html = useMemo(() => String(written.parse(text)), [text])
  return <CleanHtml html={html} />
}
