import { adminPermissions, fieldRoles, fieldTypes, objectActions, optionColors } from '@oneforge/kernel/metadata'
import { expect, it } from 'vitest'
import schema from './template.schema.json' with { type: 'json' }

const { $defs } = schema

it('knows the same words as the kernel', () => {
  expect($defs.field.properties.type.enum).toEqual(fieldTypes)
  expect($defs.color.enum).toEqual(optionColors)
  expect(Object.keys($defs.object.properties.roles.properties)).toEqual(fieldRoles)
  expect(Object.keys($defs.grant.properties)).toEqual([...objectActions, 'fields'])
  expect($defs.role.properties.admin.items.enum).toEqual([...adminPermissions, '*'])
})
