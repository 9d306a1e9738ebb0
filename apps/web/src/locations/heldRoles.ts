/** The roles of a person by where they hold them. */

/** Everywhere, or at the locations with these ids. */
export type Reach = 'everywhere' | string[]

/** By key of the role. */
export type HeldRoles = Record<string, Reach>

export interface HeldRole {
  key: string
  locationId: string | null
}

/** Held everywhere, a role needs no locations beside. */
export function byRole(roles: HeldRole[]): HeldRoles {
  const held: HeldRoles = {}
  for (const { key, locationId } of roles) {
    const before = held[key] ?? []
    held[key] = locationId === null || before === 'everywhere' ? 'everywhere' : [...before, locationId]
  }
  return held
}

export function asList(held: HeldRoles): HeldRole[] {
  return Object.entries(held).flatMap(([key, reach]): HeldRole[] =>
    reach === 'everywhere' ? [{ key, locationId: null }] : reach.map((locationId) => ({ key, locationId })),
  )
}

/** A role at no location is none: either it counts somewhere or it is taken away. */
export function isComplete(held: HeldRoles): boolean {
  const reaches = Object.values(held)
  return reaches.length > 0 && reaches.every((reach) => reach.length > 0)
}
