/** People as e-mails name them: `Nora Quist <nora@example.org>, tom@example.org`. */

const party = /([^<>@]*?)\s*<[^<>]+>|[^\s,;<>]+@[^\s,;<>]+/g

/** By their names, and by their addresses where they have none; in their order. */
export function namesIn(parties: unknown): string[] {
  const text = String(parties ?? '').trim()
  const names = [...text.matchAll(party)].map(([whole, name]) => {
    const said = (name ?? whole).replace(/^[,;\s]+/, '')
    return said || whole.replace(/^[,;\s]*<(.*)>$/, '$1')
  })
  // Some programs put the address in place of the name as well; a workspace is named without one.
  return names.length > 0 || text === '' ? [...new Set(names)] : [text]
}
