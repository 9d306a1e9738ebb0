/** Cells as clipboards carry them: text with tabs, which every spreadsheet reads and writes, and a table in HTML. */

const needsQuotes = /["\t\r\n]/

export function writeTabbed(rows: string[][]): string {
  const quoted = (text: string) => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(quoted).join('\t')).join('\r\n')
}

/** Reads what spreadsheets write: a cell that begins with a quote holds tabs and lines up to the quote that ends it. */
export function readTabbed(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = /("(?:[^"]|"")*"(?=[\t\r\n]|$)|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/gy
  for (let found = cells.exec(text); found; found = cells.exec(text)) {
    const [, cell = '', end = ''] = found
    rows.at(-1)!.push(cell.startsWith('"') && cell.length > 1 ? unquoted(cell) : cell)
    if (end === '') break
    if (end !== '\t') rows.push([])
  }
  // Spreadsheets end the last line as they end every other.
  const last = rows.at(-1)!
  return rows.length > 1 && last.length === 1 && last[0] === '' ? rows.slice(0, -1) : rows
}

/** One that only happens to begin with a quote keeps it. */
function unquoted(cell: string): string {
  return cell.endsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br>' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign]!)

/** @param own what only this page reads, along with the texts. */
export function writeTable(rows: string[][], own: unknown): string {
  const cell = (text: string) => `<td>${escaped(text).replaceAll('\n', '<br>')}</td>`
  const lines = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`)
  return `<meta charset="utf-8"><table ${ownName}="${escaped(JSON.stringify(own))}"><tbody>${lines.join('')}</tbody></table>`
}

const ownName = 'data-oneforge'

/** The first table of a page that was copied; nothing where there is none. */
export function readTable(html: string): { rows: string[][]; own: unknown } | undefined {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table) return undefined
  for (const line of table.querySelectorAll('br')) line.replaceWith('\n')
  const rows = [...table.rows].map((row) => [...row.cells].map(textOf))
  return { rows, own: parsed(table.getAttribute(ownName)) }
}

/** Line breaks in the source of a page are spaces; those that were meant are from a BR, which is a text of its own. */
function textOf(cell: HTMLElement): string {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  let text = ''
  while (texts.nextNode()) {
    const own = texts.currentNode.nodeValue ?? ''
    text += own === '\n' ? own : own.replace(/[\s\u00a0]+/g, ' ')
  }
  return text.trim()
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
