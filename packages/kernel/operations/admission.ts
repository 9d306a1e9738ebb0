/**
 * Where a request may come from, and which location it is about. The workspace's rules of networks say who gets in at
 * all; the rules of a location say from where the roles that are held there count.
 */
import { LRUCache } from 'lru-cache'
import { type AccessPolicy, compilePolicy, type Member } from '../access/index.ts'
import { AppError, validationError } from '../errors/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { isInNetwork, type RequestFacts, requireInUse } from '../tenancy/index.ts'

export type Origin = Pick<RequestFacts, 'ip' | 'source' | 'locationId'>

/** The policies of members in networks where some of their roles do not count. */
export class Admission {
  private readonly narrowed = new LRUCache<string, { version: number; policy: AccessPolicy }>({ max: 5_000 })

  /**
   * What the member may do from where they are.
   *
   * @throws FORBIDDEN when they may not come in from there, or not look at the location they ask for.
   */
  policyOf(model: TenantModel, member: Member, origin: Origin): AccessPolicy {
    requireAdmitted(model, origin)
    requireLocation(model, origin)
    const closed = closedLocations(model, origin)
    const { roles } = member.policy.rights
    if (!roles.some(({ locationId }) => locationId !== null && closed.has(locationId))) return member.policy
    if (roles.every(({ locationId }) => locationId !== null && closed.has(locationId))) throw notAdmitted(model, origin)
    const key = `${model.tenantId} ${member.userId} ${[...closed].join()}`
    const known = this.narrowed.get(key)
    if (known?.version === model.version) return known.policy
    const policy = policyWithout(model, member.policy, closed)
    this.narrowed.set(key, { version: model.version, policy })
    return policy
  }
}

/** The rights without the roles that are held at these locations. */
function policyWithout(model: TenantModel, { rights }: AccessPolicy, closed: Set<string>): AccessPolicy {
  const roles = rights.roles.filter(({ locationId }) => locationId === null || !closed.has(locationId))
  return compilePolicy(model, { ...rights, roles })
}

/** What the person could do with a request from the same place if these were the rules; undefined: not come in. */
export function policyUnder(model: TenantModel, policy: AccessPolicy, origin: Origin): AccessPolicy | undefined {
  if (!isAdmitted(model, origin)) return undefined
  return policyWithout(model, policy, closedLocations(model, origin))
}

/** Refuses everybody while the workspace is suspended, and addresses that it is closed to. */
export function requireAdmitted(model: TenantModel, origin: Origin): void {
  requireInUse(model)
  if (!isAdmitted(model, origin)) throw notAdmitted(model, origin)
}

/** Who works on the machine itself comes from no network. */
const isLocal = ({ source }: Origin): boolean => source === 'cli'

/** As soon as there is a rule for the whole workspace, it takes a network of any rule to come in. */
function isAdmitted({ networks }: TenantModel, origin: Origin): boolean {
  if (isLocal(origin) || !networks.some((rule) => rule.locationId === null)) return true
  return networks.some(({ network }) => origin.ip !== null && isInNetwork(origin.ip, network))
}

/** The locations with rules of their own, none of which the address meets. */
function closedLocations({ networks }: TenantModel, origin: Origin): Set<string> {
  if (isLocal(origin)) return new Set()
  const restricted = Map.groupBy(networks, (rule) => rule.locationId)
  restricted.delete(null)
  const isOpen = (location: string) =>
    restricted.get(location)!.some(({ network }) => origin.ip !== null && isInNetwork(origin.ip, network))
  return new Set([...restricted.keys()].filter((location) => location !== null && !isOpen(location)) as string[])
}

/** Whether someone at this address may look at the location. */
export const isOpenTo = (model: TenantModel, locationId: string, origin: Origin): boolean =>
  !closedLocations(model, origin).has(locationId)

function notAdmitted(model: TenantModel, { ip }: Origin): AppError {
  return new AppError(
    'FORBIDDEN',
    `${model.name} cannot be used from your address${ip ? ` ${ip}` : ''}. Connect through one of its networks, or ask an administrator to add yours.`,
    { details: [{ field: 'address', message: 'ADDRESS_NOT_ALLOWED' }] },
  )
}

/** The header in which a page says which location it is switched to; links carry it as a query parameter. */
export const locationHeader = 'X-OneForge-Location'

function requireLocation(model: TenantModel, origin: Origin): void {
  if (origin.locationId === undefined) return
  const location = model.locations.get(origin.locationId)
  if (!location?.active) {
    throw validationError([{ field: locationHeader, message: 'is no location of this workspace that is in use' }])
  }
  if (!isOpenTo(model, location.id, origin)) throw notAdmitted({ ...model, name: location.name }, origin)
}
