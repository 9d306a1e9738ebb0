const mostNamesWorthListing = 12

/** Ends a message about an unknown name: the near miss if there is one, else the known names if they are few. */
export function suggestion(unknown: string, known: Iterable<string>): string {
  const names = [...new Set(known)]
  const nearest = nearestName(unknown, names)
  if (nearest !== undefined) return `; did you mean "${nearest}"?`
  if (names.length === 0 || names.length > mostNamesWorthListing) return ''
  return `; known: ${names.join(', ')}`
}

function nearestName(unknown: string, names: string[]): string | undefined {
  const tolerance = Math.max(2, Math.floor(unknown.length / 3))
  const ranked = names
    .map((name) => ({ name, distance: editDistance(unknown.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance, name }) => distance <= tolerance && distance < name.length)
    .sort((a, b) => a.distance - b.distance)
  return ranked[0]?.name
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const substitution = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, previous[column]! + 1, current[column - 1]! + 1))
    }
    previous = current
  }
  return previous[to.length]!
}
