/** Which record was open last: a list that one comes back to goes on from its row. */
let left: { slug: string; id: string } | undefined

export function leaveBehind(slug: string, id: string): void {
  left = { slug, id }
}

/** Its id, told once. */
export function takeRecordLeft(slug: string): string | undefined {
  const id = left?.slug === slug ? left.id : undefined
  left = undefined
  return id
}
