/**
 * The first words of a page, drawn from the answers that early.js has asked for before the page's own code is there. They
 * stand where the page will have them, in its own styles, and give way to it once that is whole. A list and a record
 * have files of their own (list.ts, record.ts), which the server names in the HTML before all others.
 */
import type { Workspace } from '@oneforge/client'
import { createReading, type Reading } from '@oneforge/client/reading'
import { readEarly } from '../api/early.ts'
import { startI18n } from '../i18n/index.ts'
import texts from '../i18n/texts.ts'
import { drawn } from './drawn.ts'
import classes from './firstWords.module.css'
import { drawFrame, readFrame } from './frame.ts'
import { takeOver } from './takeOver.ts'

declare global {
  interface Window {
    /** Asks for the page's own scripts, once: see early.js. */
    startPage?: () => void
  }
}

/** Draws at once what is known, and goes on when the rest has come. */
export type Drawing = (page: HTMLElement, workspace: Workspace) => Promise<void>

/** @param read asks for what the address shows; what it throws leaves the page to itself. */
export function begin(read: (reading: Reading, slug: string, id: string) => Promise<Drawing>): void {
  // What came from the cache takes the line from nothing, and neither do the scripts of the page then.
  const [file] = performance.getEntriesByName(import.meta.url) as PerformanceResourceTiming[]
  if (file?.transferSize === 0) window.startPage?.()
  // The page itself says what went wrong: then it is only drawn later.
  if (window.earlyAnswers)
    drawFirstWords(read)
      .catch(() => undefined)
      .finally(window.startPage)
}

async function drawFirstWords(read: Parameters<typeof begin>[0]): Promise<void> {
  const [, , slug = '', id = ''] = location.pathname.split('/')
  const [language] = [...window.earlyAnswers!.values()].map((early) => early.language)
  await startI18n()
  if (language !== texts.language) return
  const reading = createReading({ baseUrl: '/api/v1', fetch: readEarly, locale: () => texts.language })
  const [facts, draw] = await Promise.all([readFrame(reading), read(reading, slug, id)])
  if (!isUsual(facts.workspace)) return
  const { whole, page } = drawFrame(facts)
  const rest = draw(page, facts.workspace)
  show(whole)
  await rest
}

/** Where something else stands on top of the page, or it speaks another language, nothing is where it would be drawn. */
const isUsual = ({ template, warnings, user }: Workspace): boolean =>
  template !== null && warnings.length === 0 && (user.locale ?? texts.language).startsWith(texts.language)

function show(whole: HTMLElement): void {
  const root = document.getElementById('root')!
  if (root.querySelector('main')) return
  const cover = drawn('div', { class: classes.cover, inert: true }, whole)
  root.before(cover)
  takeOver(cover)
  // Once they are painted.
  requestAnimationFrame(() => setTimeout(() => window.startPage?.()))
}
