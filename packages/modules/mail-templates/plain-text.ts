/** The plain text of a message, for mail programs that show no HTML. */
import { sanitizeHtml, textOfHtml } from '@oneforge/kernel/metadata/values'

const endOfBlock = /<\/(?:p|div|h[1-6]|li|tr|td|table|blockquote)>|<br\b[^>]*>|<hr\b[^>]*>/gi
const link = /<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gis

/** Paragraphs stay apart, links say where they lead; at most one empty line in a row. */
export function plainTextOf(html: string): string {
  const body = html.replace(/<head\b.*?<\/head>/is, '').replaceAll(/<!.*?>|\s+/gs, ' ')
  const marked = body.replaceAll(link, (_, target: string, words: string) => withTarget(words, target))
  const lines = marked.replaceAll(endOfBlock, '\n').split('\n')
  const text = lines.map((line) => textOfHtml(sanitizeHtml(line))).join('\n')
  return text
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('&#39;', "'")
    .trim()
}

const withTarget = (words: string, target: string): string =>
  words.includes(target) || /^(?:mailto|tel):/.test(target) ? words : `${words.trim()} (${target})`
