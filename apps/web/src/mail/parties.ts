/** People as e-mails name them: `Nora Quist <nora@example.org>, tom@example.org`. */

/** By their names, and by their addresses where they have none; in their order. Takes time by the length of the text alone. */
export function namesIn(parties: unknown): string[] {
  const text = String(parties ?? '').trim()
  // What stands before each address in brackets, and that address, in turn.
  const parts = text.split(/<([^<>]+)>/)
  const names = parts.flatMap((part, index) => {
    const isAddress = index % 2 === 1
    if (isAddress) return [nameAtEndOf(parts[index - 1]!) || part]
    return part.split(/[,;\s]+/).filter((word) => word.includes('@'))
  })
  // Some programs put the address in place of the name as well; a workspace is named without one.
  return names.length > 0 || text === '' ? [...new Set(names)] : [text]
}

/** What stands behind the last address: `tom@example.org, Böll, Ida` ends with `Böll, Ida`. */
function nameAtEndOf(text: string): string {
  const rest = text.includes('@') ? text.slice(text.lastIndexOf('@')).replace(/^[^,;\s]*/, '') : text
  return rest.replace(/^[,;\s]+/, '').trim()
}

/** The address of one party, `Nora <nora@example.org>` or the address alone; undefined where it names none. */
export function addressIn(party: unknown): string | undefined {
  const text = String(party ?? '').trim()
  const last = text.endsWith('>') ? text.slice(text.lastIndexOf('<') + 1, -1) : text.split(/[\s<>]+/).at(-1)!
  return /^[^\s<>@]+@[^\s<>@]+$/.test(last) ? last : undefined
}

/**
 * Who has written an e-mail. A name alone stands for those who wrote here; of what came from elsewhere the name is what its
 * sender claims, so the address stands beside it.
 */
export function writerOf(sender: unknown, isWrittenHere: boolean): string | undefined {
  const [name] = namesIn(sender)
  return isWrittenHere || name === undefined ? name : String(sender).trim()
}
