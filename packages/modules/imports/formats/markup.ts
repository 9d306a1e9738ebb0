/** XML parts of a workbook as a stream of tags and texts. */
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { AppError } from '@oneforge/kernel/errors'
import { SaxesParser } from 'saxes'
import { refuseDamaged, tooLarge } from './archive.ts'

export interface MarkupListener {
  /** Names come without their namespace prefix. */
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** A single text or tag longer than this is an attempt to fill the memory. */
const maxCharactersBetweenTags = 4 * 1024 * 1024

/** Feeds the listener; gives control back after each piece of the stream, so that what was gathered can be handed on. */
export async function* readMarkup(stream: Readable, listener: MarkupListener): AsyncGenerator<void> {
  const decoder = new StringDecoder('utf8')
  const parser = new SaxesParser({ position: false })
  let sinceTag = 0
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    sinceTag = 0
    listener.open?.(withoutPrefix(tag.name), tag.attributes as Record<string, string>)
  })
  parser.on('closetag', (tag) => {
    sinceTag = 0
    listener.close?.(withoutPrefix(tag.name))
  })
  if (listener.text) {
    const take = (text: string) => listener.text?.(text)
    parser.on('text', take)
    parser.on('cdata', take)
  }
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sinceTag += chunk.length
      parser.write(decoder.write(chunk))
      if (sinceTag > maxCharactersBetweenTags) throw tooLarge()
      yield
    }
    parser.close()
  } catch (error) {
    if (error instanceof AppError) throw error
    refuseDamaged(error)
  } finally {
    stream.destroy()
  }
  yield
}

/** Reads a part to its end. */
export async function readWholeMarkup(stream: Readable, listener: MarkupListener): Promise<void> {
  for await (const _piece of readMarkup(stream, listener)) {
    // The listener has taken what it wants.
  }
}

const withoutPrefix = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}
