/** How pages are arranged: the navigation of the workspace, the sections of an object's records. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import * as schema from './arrangements.schemas.ts'
import * as service from './arrangements.service.ts'

const access = { admin: 'objects' } as const
const objectPath = z.object({ object: z.string() })

export const arrangementOperations: AnyOperation[] = [
  defineOperation({
    name: 'navigation.get',
    kind: 'query',
    tag: 'Workspace',
    summary: 'How the navigation is arranged, for everybody and for single roles',
    access,
    input: z.object({}),
    output: schema.navigation,
    http: { method: 'GET', path: '/workspace/navigation' },
    handler: (context) => service.readNavigation(context),
  }),
  defineOperation({
    name: 'navigation.set',
    kind: 'command',
    tag: 'Workspace',
    summary: 'Arrange the navigation for everybody or for a role',
    description: 'Objects that are not named come where their own group is. Of several roles the first one counts.',
    access,
    input: schema.navigationChange,
    output: schema.navigation,
    http: { method: 'PUT', path: '/workspace/navigation', ifMatch: true },
    handler: service.changeNavigation,
  }),
  defineOperation({
    name: 'layouts.get',
    kind: 'query',
    tag: 'Objects and fields',
    summary: 'In which sections the fields of an object stand, for everybody and for single roles',
    access,
    input: objectPath,
    output: schema.layout,
    http: { method: 'GET', path: '/objects/{object}/layout' },
    handler: (context, input) => service.readLayout(context, input.object),
  }),
  defineOperation({
    name: 'layouts.set',
    kind: 'command',
    tag: 'Objects and fields',
    summary: 'Arrange the sections of an object for everybody or for a role',
    description: 'Fields that are not named come where their own section is. Of several roles the first one counts.',
    access,
    input: schema.layoutChange.extend({ object: z.string() }),
    output: schema.layout,
    http: { method: 'PUT', path: '/objects/{object}/layout', ifMatch: true },
    handler: (context, { object, ...change }) => service.changeLayout(context, object, change),
  }),
]
