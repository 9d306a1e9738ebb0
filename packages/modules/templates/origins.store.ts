/** Which templates a workspace is made from, each with what it brought. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { Shape } from '@oneforge/templates'
import type { Resolutions } from './collisions.ts'
import type { OriginIds } from './following.ts'

export interface OriginState {
  version: string
  /** What the template brought, in the names that it was given when it came. */
  base: Shape
  /** Of what it brought: what the workspace has renamed since is known by them. */
  ids: OriginIds
  resolutions: Resolutions
  /** The version of the metadata that it made; 0 where that is not known. */
  metadataVersion: number
  /** What stood here before; null where the template was not there. */
  previous: OriginState | null
}

export interface Origin extends OriginState {
  slug: string
  position: number
  appliedAt: string | null
  appliedBy: { id: string; name: string } | null
}

interface OriginRow extends Row {
  slug: string
  version: string
  base: Shape
  ids: OriginIds
  resolutions: Resolutions
  position: number
  applied_at: string
  applied_by: string | null
  applied_name: string | null
  metadata_version: number
  previous: OriginState | null
}

/** The templates in the order in which they came, each as what has been taken back since, by whatever road, left it. */
export async function readOrigins(tx: Transaction, tenantId: string): Promise<Origin[]> {
  const [rows, turns] = (await tx.batch([
    sql`select o.slug, o.version, o.base, o.ids, o.resolutions, o.position, o.applied_at, o.applied_by, u.name as applied_name,
        o.metadata_version, o.previous
      from template_origins o left join users u on u.id = o.applied_by
      where o.tenant_id = ${tenantId} order by o.position, o.slug`,
    sql`select number, undoes, restores from metadata_versions
      where tenant_id = ${tenantId} and (undoes is not null or restores is not null) order by number`,
  ])) as [OriginRow[], Turn[]]
  return rows.flatMap((row) => {
    const { slug, version, base, ids, resolutions, position, metadata_version: metadataVersion, previous } = row
    const state = inForce({ version, base, ids, resolutions, metadataVersion, previous }, turns)
    const appliedBy = row.applied_by ? { id: row.applied_by, name: row.applied_name ?? '' } : null
    // What came before ids were noted has none.
    return state ? [{ ...state, ids: state.ids ?? {}, slug, position, appliedAt: row.applied_at, appliedBy }] : []
  })
}

/** A version that takes another one back, or brings back the state after one. */
interface Turn extends Row {
  number: number
  undoes: number | null
  restores: number | null
}

function inForce(state: OriginState, turns: Turn[]): OriginState | null {
  if (isInForce(state.metadataVersion, turns, Number.POSITIVE_INFINITY)) return state
  return state.previous && inForce(state.previous, turns)
}

/** Whether what version `made` did was there after version `until`. */
function isInForce(made: number, turns: Turn[], until: number): boolean {
  if (until < made) return false
  const undone = new Set<number>()
  let isThere = true
  for (const { number, undoes, restores } of turns) {
    if (number <= made || number > until) continue
    if (undoes === made) {
      isThere = false
      undone.add(number)
    } else if (undoes !== null && undone.has(undoes)) isThere = true
    else if (restores !== null) isThere = isInForce(made, turns, restores)
  }
  return isThere
}

/** Remembers what a template has brought; an earlier state of the same one stays known behind it. */
export async function writeOrigin(
  tx: Transaction,
  tenantId: string,
  {
    slug,
    position,
    version,
    base,
    ids,
    resolutions,
    metadataVersion,
    previous,
  }: Omit<Origin, 'appliedAt' | 'appliedBy'>,
  userId: string | null,
): Promise<void> {
  await tx.query(sql`insert into template_origins
      (tenant_id, slug, version, base, ids, resolutions, position, applied_by, metadata_version, previous)
    values (${tenantId}, ${slug}, ${version}, ${JSON.stringify(base)}, ${JSON.stringify(ids)}, ${JSON.stringify(resolutions)}, ${position},
      ${userId}, ${metadataVersion}, ${previous ? JSON.stringify(previous) : null})
    on conflict (tenant_id, slug) do update set version = excluded.version, base = excluded.base, ids = excluded.ids,
      resolutions = excluded.resolutions, applied_by = excluded.applied_by, applied_at = now(),
      metadata_version = excluded.metadata_version, previous = excluded.previous`)
}

export async function forgetOrigin(tx: Transaction, tenantId: string, slug: string): Promise<void> {
  await tx.query(sql`delete from template_origins where tenant_id = ${tenantId} and slug = ${slug}`)
}

export async function forgetOrigins(tx: Transaction, tenantId: string): Promise<void> {
  await tx.query(sql`delete from template_origins where tenant_id = ${tenantId}`)
}
