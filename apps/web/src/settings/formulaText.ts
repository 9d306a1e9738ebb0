/** The text of a formula as it is typed: its words at the cursor, and where it is marked as wrong. */

export interface Span {
  start: number
  end: number
}

/** The name that is being typed at the cursor: `deal.comp` of `1 + deal.comp|`. Empty where none is. */
export function wordAt(text: string, cursor: number): Span {
  const before = /[A-Za-z_][\w.]*$/.exec(text.slice(0, cursor))?.[0] ?? ''
  const isInText = (text.slice(0, cursor - before.length).match(/"/g)?.length ?? 0) % 2 === 1
  return isInText ? { start: cursor, end: cursor } : { start: cursor - before.length, end: cursor }
}

/** The text with a word put where the cursor is, and where the cursor stands then: inside the brackets of a function. */
export function withWord(text: string, at: Span, word: string): { text: string; cursor: number } {
  const next = text.slice(0, at.start) + word + text.slice(at.end)
  const inside = word.endsWith('()') ? 1 : 0
  return { text: next, cursor: at.start + word.length - inside }
}

/** The text cut where marks begin and end. What is wrong at the very end is marked on the last character. */
export function markedParts(text: string, marks: readonly Span[]): { text: string; marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = []
  let from = 0
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const start = Math.max(from, Math.min(mark.start, text.length - 1))
    const end = Math.min(Math.max(mark.end, start + 1), text.length)
    if (end <= start) continue
    if (start > from) parts.push({ text: text.slice(from, start), marked: false })
    parts.push({ text: text.slice(start, end), marked: true })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false })
  return parts
}
