/** Teams in their hierarchy: who belongs to a team sees, where a role says `team`, what it and those below it own. */
import { isId, newId } from '@oneforge/kernel/database'
import { because, conflict, notFound, validationError } from '@oneforge/kernel/errors'
import { bumpVersion } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { deleteTeam, listTeams, replaceTeamMembers, saveTeam, type TeamRow } from './access.store.ts'

const maxLevels = 10

export async function presentTeams({ tx, model }: OperationContext): Promise<object[]> {
  return (await listTeams(tx, model.tenantId)).map(present)
}

const present = (team: TeamRow): object => ({ ...team, memberCount: team.members.length })

async function presentTeam({ tx, model }: OperationContext, id: string): Promise<object> {
  return present(teamIn(await listTeams(tx, model.tenantId), id))
}

function teamIn(teams: TeamRow[], id: string): TeamRow {
  const team = teams.find((one) => one.id === id)
  if (!team) throw notFound(`The team ${id}`)
  return team
}

/** Two administrators take turns, so that no circle comes about between them. */
async function beginChange({ tx, model }: OperationContext): Promise<TeamRow[]> {
  await bumpVersion(tx, model.tenantId)
  return listTeams(tx, model.tenantId)
}

export async function createTeam(
  context: OperationContext,
  { name, parentId = null }: { name: string; parentId?: string | null },
): Promise<object> {
  const teams = await beginChange(context)
  return save(context, teams, { id: newId(), name, parentId })
}

export async function changeTeam(
  context: OperationContext,
  id: string,
  change: { name?: string; parentId?: string | null },
): Promise<object> {
  const teams = await beginChange(context)
  const before = teamIn(teams, id)
  const parentId = change.parentId === undefined ? before.parentId : change.parentId
  return save(context, teams, { id, name: change.name ?? before.name, parentId })
}

async function save(
  context: OperationContext,
  teams: TeamRow[],
  team: { id: string; name: string; parentId: string | null },
): Promise<object> {
  requirePlace(teams, team)
  const twin = teams.find((one) => one.id !== team.id && one.parentId === team.parentId && one.name === team.name)
  if (twin)
    throw conflict(`There is already a team “${team.name}” here. Choose another name.`, because('NAME_TAKEN', 'team'))
  await saveTeam(context.tx, context.model.tenantId, team)
  return presentTeam(context, team.id)
}

/** The team above has to be there, must not be the team itself or one below it, and the whole not too deep. */
function requirePlace(teams: TeamRow[], team: { id: string; parentId: string | null }): void {
  const above: string[] = []
  for (let id = team.parentId; id !== null; ) {
    const parent = teams.find((one) => one.id === id)
    if (!parent) throw validationError([{ field: 'parentId', message: 'is not a team of this workspace' }])
    if (parent.id === team.id) throw validationError([{ field: 'parentId', message: 'is the team itself or below it' }])
    above.push(parent.id)
    id = parent.parentId
  }
  if (above.length + levelsFrom(teams, team.id) > maxLevels) {
    throw validationError([{ field: 'parentId', message: `teams stand at most ${maxLevels} levels deep` }])
  }
}

/** How many levels begin with the team. */
function levelsFrom(teams: TeamRow[], id: string): number {
  const below = teams.filter((one) => one.parentId === id).map((one) => levelsFrom(teams, one.id))
  return 1 + Math.max(0, ...below)
}

export async function removeTeam(context: OperationContext, id: string): Promise<void> {
  const teams = await beginChange(context)
  teamIn(teams, id)
  const below = teams.filter((team) => team.parentId === id)
  if (below.length > 0) {
    throw conflict(
      `“${below[0]!.name}” stands below this team. Move or delete the teams below it first.`,
      because('TEAM_HAS_TEAMS', 'team'),
    )
  }
  await deleteTeam(context.tx, context.model.tenantId, id)
}

export async function changeTeamMembers(context: OperationContext, id: string, userIds: string[]): Promise<object> {
  const teams = await beginChange(context)
  teamIn(teams, id)
  const strangers = await replaceTeamMembers(context.tx, context.model.tenantId, id, userIds.filter(isId))
  const [stranger] = [...userIds.filter((userId) => !isId(userId)), ...strangers]
  if (stranger !== undefined) {
    throw validationError([{ field: 'userIds', message: `${stranger} is not a member of this workspace` }])
  }
  return presentTeam(context, id)
}
