/** The SQL of whom records are given to. */
import { sql, type Transaction } from '@oneforge/kernel/database'
import type { CompiledObject } from '@oneforge/kernel/metadata'

/** A step that passes records round. */
export interface PassingStep {
  tenantId: string
  workflowId: string
  stepId: string
}

/** A hierarchy that was closed to a circle past all checks ends here instead of never. */
const deepestTeam = 20

/** Active members with the role, or of the team and those below it; by id. */
export async function membersWith(
  tx: Transaction,
  tenantId: string,
  { role, team }: { role?: string; team?: string },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql<{ id: string }>`select m.user_id as id
    from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tenantId} and m.status = 'active' and u.kind = 'person'
      ${
        role === undefined
          ? sql``
          : sql`and exists (select from membership_roles mr join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where mr.tenant_id = m.tenant_id and mr.user_id = m.user_id and r.key = ${role})`
      }
      ${
        team === undefined
          ? sql``
          : sql`and m.user_id in (
        with recursive below as (
          select t.id, 1 as level from teams t where t.tenant_id = ${tenantId} and t.id = ${team}::uuid
          union select t.id, below.level + 1 from below join teams t on t.tenant_id = ${tenantId} and t.parent_id = below.id
            where below.level < ${deepestTeam})
        select tm.user_id from below join team_members tm on tm.tenant_id = ${tenantId} and tm.team_id = below.id)`
      }
    order by m.user_id`)
  return rows.map(({ id }) => id)
}

/**
 * The one of the people, at least one, who comes after the one who had the last turn at this step. Whoever asks at the same
 * time waits until the transaction ends, so that each turn is given once.
 */
export async function nextInTurn(
  tx: Transaction,
  { tenantId, workflowId, stepId }: PassingStep,
  people: string[],
): Promise<string> {
  const [row] = await tx.query<{ user_id: string }>(sql<{ user_id: string }>`
    insert into workflow_assignments as a (tenant_id, workflow_id, step_id, user_id)
    values (${tenantId}, ${workflowId}, ${stepId}, (select p from unnest(${people}::uuid[]) p order by p limit 1))
    on conflict (tenant_id, workflow_id, step_id) do update set user_id = coalesce(
      (select p from unnest(${people}::uuid[]) p where p > a.user_id order by p limit 1), excluded.user_id)
    returning user_id`)
  return row!.user_id
}

/**
 * The one of the people who has the fewest open records of the object; of several the first by id. Whoever asks at the same
 * time for the same object waits until the transaction ends, and counts what it has given.
 */
export async function leastLoaded(
  tx: Transaction,
  tenantId: string,
  object: CompiledObject,
  people: string[],
): Promise<string> {
  const closed = object.stages.filter(({ kind }) => kind !== 'open').map(({ value }) => value)
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended(${`least loaded ${tenantId} ${object.id}`}, 6))`)
  const [row] = await tx.query<{ id: string }>(sql<{ id: string }>`select p.id from unnest(${people}::uuid[]) as p(id)
    order by (select count(*) from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id}
      and r.owner_id = p.id and r.deleted_at is null and (r.stage is null or r.stage <> all(${closed}::text[]))), p.id limit 1`)
  return row!.id
}
