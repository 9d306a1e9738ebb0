import type { Team } from '@oneforge/client'

export interface TeamNode extends Team {
  children: TeamNode[]
}

/** The flat list of teams as a tree; a team whose parent is not in the list stands at the top. */
export function teamTree(teams: Team[]): TeamNode[] {
  const known = new Set(teams.map(({ id }) => id))
  const below = (parentId: string | null): TeamNode[] =>
    teams
      .filter((team) => (team.parentId && known.has(team.parentId) ? team.parentId : null) === parentId)
      .map((team) => ({ ...team, children: below(team.id) }))
  return below(null)
}

/** Ids of the team and all below it: what it cannot be moved under. */
export function withDescendants(teams: Team[], id: string): string[] {
  return [id, ...teams.filter(({ parentId }) => parentId === id).flatMap((team) => withDescendants(teams, team.id))]
}
