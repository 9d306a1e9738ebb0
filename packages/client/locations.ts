import type { Http } from './http.ts'
import type { Address } from './types.ts'

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** From `08:00` to `18:00`, as the clock at the location shows it; `to` may be `24:00`. */
export interface OpenInterval {
  from: string
  to: string
}

/** What lies between the intervals of a day is a break; a day without any is closed. */
export type OpeningHours = Partial<Record<Weekday, OpenInterval[]>>

export interface Holiday {
  /** `2026-12-25` */
  date: string
  name: string
  /** When it is open nevertheless; closed all day without them. */
  hours?: OpenInterval[]
}

export interface Location {
  id: string
  name: string
  /** What the numbers of its records call it. */
  code: string
  address: Address | null
  timeZone: string
  hours: OpeningHours
  holidays: Holiday[]
  active: boolean
  position: number
  /** People who hold a role there. */
  memberCount: number
  /** Whether the caller can switch to it: they work there, and in its networks. */
  selectable: boolean
}

export type LocationInput = Partial<Pick<Location, 'name' | 'address' | 'timeZone' | 'hours' | 'holidays' | 'active'>>

/** The sites of the workspace. */
export function locationMethods({ request }: Http) {
  return {
    list: () => request<Location[]>('GET', '/locations'),
    get: (id: string) => request<Location>('GET', `/locations/${id}`),
    create: (input: LocationInput & { name: string }) => request<Location>('POST', '/locations', { body: input }),
    /** Hours and holidays are replaced as a whole. */
    update: (id: string, input: LocationInput) => request<Location>('PATCH', `/locations/${id}`, { body: input }),
    reorder: (ids: string[]) => request<void>('PUT', '/locations/order', { body: { ids } }),
    /** Refused with CONFLICT while records, roles of people or networks belong to it. */
    remove: (id: string) => request<void>('DELETE', `/locations/${id}`),
  }
}

export interface NetworkRule {
  id: string
  /** `203.0.113.0/24`, `2001:db8::/32` */
  network: string
  comment: string | null
  active: boolean
  /** Null: the whole workspace. */
  location: { id: string; name: string | null } | null
  createdAt: string
  createdBy: { id: string; name: string | null } | null
}

export interface NetworkInput {
  network: string
  comment?: string | null
  active?: boolean
  locationId?: string | null
}

/** The networks that people may come from. A change that would shut out whoever makes it is refused with CONFLICT. */
export function networkMethods({ request }: Http) {
  return {
    /** `address` is the one the caller comes from. */
    list: () => request<{ address: string | null; rules: NetworkRule[] }>('GET', '/networks'),
    create: (input: NetworkInput) => request<NetworkRule>('POST', '/networks', { body: input }),
    update: (id: string, input: Partial<NetworkInput>) =>
      request<NetworkRule>('PATCH', `/networks/${id}`, { body: input }),
    remove: (id: string) => request<void>('DELETE', `/networks/${id}`),
  }
}
