/** People and their sessions, as the server sends them. Labels come in the caller's language. */

export interface User {
  id: string
  email: string
  name: string
  /** Null until the person chose one. */
  locale: string | null
  timeZone: string | null
  emailVerified: boolean
  /** Looks after the installation as a whole. */
  superAdmin?: boolean
  secondFactor?: boolean
}

export interface Session {
  user: User
  tenant: { id: string; name: string; slug: string }
  roles?: string[]
  /** After so long without doing anything one is signed out. */
  idleMinutes?: number | null
}

/** Signing in as a program also yields tokens; the web page gets cookies instead. */
export interface SignedIn extends Session {
  accessToken?: string
  refreshToken?: string
  expiresIn?: number
}

export interface Member {
  /** The user's id: what user fields and owners hold. */
  id: string
  name: string
  email: string
  /** A service account is what API keys act as. */
  kind?: 'person' | 'service'
  roles: string[]
  /** `active`, `deactivated` or `left`. */
  status: string
  joinedAt?: string
  /** Each role once, with where it is held: everywhere without locations. */
  roleLocations?: { role: string; locations: { id: string; name: string }[] }[]
  /** Null unless one administers members. */
  lastSeenAt?: string | null
  secondFactor?: boolean | null
}
