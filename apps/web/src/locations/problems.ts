/** The problems of one part by their place in it: of `hours.mon.0.to` below `hours.mon` it is `0.to`. */
export function problemsBelow(problems: Record<string, string>, place: string): Record<string, string> {
  const inside = Object.entries(problems).filter(([field]) => field.startsWith(`${place}.`))
  return Object.fromEntries(inside.map(([field, message]) => [field.slice(place.length + 1), message]))
}

/** Each place in one spelling: the server's `hours.mon[0].to` is `hours.mon.0.to`. */
export function placesOf(problems: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([field, message]) => [field.replaceAll(/\[(\d+)\]/g, '.$1'), message]),
  )
}
