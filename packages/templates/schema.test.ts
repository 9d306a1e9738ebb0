import {
  adminPermissions,
  fieldRoles,
  fieldTypes,
  maxDepth,
  objectActions,
  optionColors,
  scopes,
} from '@oneforge/kernel/metadata'
import { expect, it } from 'vitest'
import schema from './template.schema.json' with { type: 'json' }

const { $defs } = schema

it('knows the same words as the kernel', () => {
  expect($defs.field.properties.type.enum).toEqual(fieldTypes)
  expect($defs.color.enum).toEqual(optionColors)
  expect(Object.keys($defs.object.properties.roles.properties)).toEqual(fieldRoles)
  expect(Object.keys($defs.grant.properties)).toEqual([...objectActions, 'fields', 'relations'])
  expect($defs.scope.enum).toEqual(scopes)
  expect([$defs.role.properties.depth.maximum, $defs.relationRule.properties.depth.maximum]).toEqual([
    maxDepth,
    maxDepth,
  ])
  expect($defs.role.properties.admin.items.enum).toEqual([...adminPermissions, '*'])
})
