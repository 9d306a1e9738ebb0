/** Teams and who belongs to them. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import * as schema from './access.schemas.ts'
import * as teams from './teams.service.ts'

const base = { tag: 'Access', access: { admin: 'users' }, kind: 'command' } as const
const teamPath = z.object({ teamId: z.string() })

export const teamOperations: AnyOperation[] = [
  defineOperation({
    tag: 'Access',
    access: 'member',
    kind: 'query',
    name: 'teams.list',
    summary: 'All teams with their members',
    input: z.object({}),
    output: z.array(schema.team),
    http: { method: 'GET', path: '/access/teams' },
    handler: (context) => teams.presentTeams(context),
  }),
  defineOperation({
    ...base,
    name: 'teams.create',
    summary: 'Add a team',
    input: schema.newTeam,
    output: schema.team,
    http: { method: 'POST', path: '/access/teams', status: 201 },
    handler: (context, input) => teams.createTeam(context, input),
  }),
  defineOperation({
    ...base,
    name: 'teams.update',
    summary: 'Rename a team or put it below another',
    input: teamPath.extend({ change: schema.teamChange }),
    output: schema.team,
    http: { method: 'PATCH', path: '/access/teams/{teamId}', bodyAs: 'change' },
    handler: (context, input) => teams.changeTeam(context, input.teamId, input.change),
  }),
  defineOperation({
    ...base,
    name: 'teams.delete',
    summary: 'Remove a team that has none below it',
    input: teamPath,
    output: z.void(),
    http: { method: 'DELETE', path: '/access/teams/{teamId}', status: 204 },
    handler: (context, input) => teams.removeTeam(context, input.teamId),
  }),
  defineOperation({
    ...base,
    name: 'teams.setMembers',
    summary: 'Say who belongs to a team',
    input: teamPath.extend({ userIds: z.array(z.string()).max(10_000) }),
    output: schema.team,
    http: { method: 'PUT', path: '/access/teams/{teamId}/members' },
    handler: (context, input) => teams.changeTeamMembers(context, input.teamId, input.userIds),
  }),
]
