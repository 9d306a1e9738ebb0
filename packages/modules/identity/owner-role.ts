import { type ObjectGrant, objectActions, type RoleDefinition } from '@oneforge/kernel/metadata'
import { ownerRoleKey } from '@oneforge/modules/access'

const everything: ObjectGrant = Object.fromEntries(objectActions.map((action) => [action, 'all']))

/** Who makes a workspace may do everything in it. */
export const ownerRole: RoleDefinition = {
  key: ownerRoleKey,
  label: { en: 'Owner', es: 'Propietario', de: 'Inhaber' },
  objects: { '*': everything },
  admin: ['*'],
}
