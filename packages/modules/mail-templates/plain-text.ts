/**
 * The plain text of a message, for mail programs that show no HTML. A template can be any text: each expression here stops
 * at the next tag or takes all that is left, so that the time it takes grows with the length of the text and no faster.
 */
import { sanitizeHtml, textOfHtml } from '@oneforge/kernel/metadata/values'

const endOfBlock = /<\/(?:p|div|h[1-6]|li|tr|td|table|blockquote)>|<br\b[^<>]*>|<hr\b[^<>]*>/gi
/** A comment that nobody closes goes on to the end. */
const unreadOrSpace = /<![^>]*>?|\s+/g
const anchor = /<(\/?)a\b([^<>]*)>/gi
const href = /\bhref="([^"]*)"/i
/** Longer ones are not looked for in the words of their link. */
const longestSought = 2_000

/** Paragraphs stay apart, links say where they lead; at most one empty line in a row. */
export function plainTextOf(html: string): string {
  const body = withoutHead(html).replaceAll(unreadOrSpace, ' ')
  const lines = withTargets(body).replaceAll(endOfBlock, '\n').split('\n')
  const text = lines.map((line) => textOfHtml(sanitizeHtml(line))).join('\n')
  return text
    .replaceAll(/\n{3,}/g, '\n\n')
    .replaceAll('&#39;', "'")
    .trim()
}

function withoutHead(html: string): string {
  const start = html.search(/<head\b/i)
  const length = start < 0 ? -1 : html.slice(start).search(/<\/head>/i)
  return length < 0 ? html : html.slice(0, start) + html.slice(start + length)
}

function withTargets(html: string): string {
  const parts: string[] = []
  let target: string | undefined
  let at = 0
  for (const { 0: whole, 1: slash, 2: attributes = '', index } of html.matchAll(anchor)) {
    const words = html.slice(at, index)
    parts.push(slash && target ? withTarget(words, target) : words)
    target = slash ? undefined : href.exec(attributes)?.[1]
    at = index + whole.length
  }
  return parts.join('') + html.slice(at)
}

function withTarget(words: string, target: string): string {
  const isSaid = target.length <= longestSought && words.includes(target)
  return isSaid || /^(?:mailto|tel):/.test(target) ? words : `${words.trim()} (${target})`
}
