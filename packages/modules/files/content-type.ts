/** What a file is, read from its content: neither its name nor what the sender says of it is believed. */
import type { FileKind } from '@oneforge/kernel/metadata'
import { fileTypeFromBuffer } from 'file-type'

const unknown = 'application/octet-stream'

/** Texts look alike inside; among them the name may choose. */
const textTypes: Record<string, string> = {
  csv: 'text/csv',
  md: 'text/markdown',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
  svg: 'image/svg+xml',
  xml: 'application/xml',
  ics: 'text/calendar',
}

/**
 * @param head the first bytes; some kilobytes are enough.
 * @param isWhole whether nothing follows them: a letter that is cut in two at their end is no mistake otherwise.
 */
export async function contentType(head: Uint8Array, name: string, isWhole: boolean): Promise<string> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  if (found && found.mime !== 'application/xml') return found.mime
  const text = asText(head, isWhole)
  if (text === undefined) return unknown
  if (/<svg[\s>]/i.test(text.slice(0, 4_096))) return 'image/svg+xml'
  if (/^\s*<(?:!doctype html|html)[\s>]/i.test(text)) return 'text/html'
  return textTypes[name.split('.').at(-1)!.toLowerCase()] ?? 'text/plain'
}

/** Nobody writes these: control characters but for tabs and the ends of lines and pages. */
const binaryLetters = /[^\P{Cc}\t\n\f\r]/u

function asText(head: Uint8Array, isWhole: boolean): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !isWhole })
    return binaryLetters.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

const documents = /word|excel|powerpoint|officedocument|opendocument|rtf|iwork|epub/

/** What fields may be limited to; undefined for what is none of it. */
export function kindOf(type: string): FileKind | undefined {
  if (type === 'application/pdf') return 'pdf'
  if (documents.test(type)) return 'document'
  const [family] = type.split('/')
  if (family === 'image' || family === 'audio' || family === 'video') return family
  return isText(type) ? 'text' : undefined
}

const isText = (type: string): boolean =>
  type.startsWith('text/') || ['application/json', 'application/xml', 'image/svg+xml'].includes(type)

const shownImages = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])

/**
 * As what a browser may show it, undefined where it may not: pictures and PDF as they are, and whatever is text as plain
 * text, which runs nothing: HTML and SVG are among it.
 */
export function shownAs(type: string): string | undefined {
  if (shownImages.has(type) || type === 'application/pdf') return type
  return isText(type) ? 'text/plain; charset=utf-8' : undefined
}
