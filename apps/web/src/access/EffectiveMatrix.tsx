import type { ActionRight, EffectiveAccess, ObjectAction, ObjectRights } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { useLocations } from '../locations/locations.ts'
import { actions, scopes } from './grants.ts'
import { ActionReasons, FieldReasons } from './Reasons.tsx'
import type { MatrixCell } from './ScopeCell.tsx'
import { type MatrixRow, ScopeMatrix } from './ScopeMatrix.tsx'

/** What all roles and exceptions of a person come to; each cell tells who gives it. */
export function EffectiveMatrix({ access }: { access: EffectiveAccess }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  const { data: locations = [] } = useLocations()
  const namesOf = (ids: string[]) =>
    locations
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => name)
      .join(', ')
  const iconOf = (slug: string) => objects.find((object) => object.slug === slug)?.icon ?? 'box'
  const rows = access.objects.map(
    (rights): MatrixRow => ({
      key: rights.object,
      label: rights.label,
      icon: iconOf(rights.object),
      cells: cellsOf(rights, namesOf),
    }),
  )
  const rightsOf = (slug: string) => access.objects.find(({ object }) => object === slug)
  return (
    <ScopeMatrix
      label={t('effective.label', { name: access.name })}
      rows={rows}
      menu={(slug, action) => <ActionReasons right={rightsOf(slug)?.actions[action]} />}
      details={(slug) => {
        const rights = rightsOf(slug)
        const mayWrite = Boolean(rights?.actions.update.allowed || rights?.actions.create.allowed)
        return rights && <FieldReasons fields={rights.fields} relations={rights.relations} mayWrite={mayWrite} />
      }}
    />
  )
}

function cellsOf(rights: ObjectRights, namesOf: (locations: string[]) => string): MatrixRow['cells'] {
  const cells = actions.map((action): [ObjectAction, MatrixCell] => [action, cellOf(rights.actions[action], namesOf)])
  return Object.fromEntries(cells) as MatrixRow['cells']
}

function cellOf(right: ObjectRights['actions'][ObjectAction], namesOf: (locations: string[]) => string): MatrixCell {
  const { allowed, unlimited, granted, denied } = right
  if (!allowed) return { scope: null, takenAway: granted.length > 0 && denied.length > 0 }
  const scope = scopes.findLast((one) => granted.some((grant) => grant.scope === one)) ?? null
  if (unlimited) return { scope }
  const widest = granted.filter((grant) => grant.scope === scope)
  const places = scope === 'all' ? placesOf(widest) : []
  const narrowed = denied.length > 0 || widest.every(({ filter }) => filter)
  return places.length > 0 ? { scope, narrowed, at: namesOf(places) } : { scope, narrowed }
}

/** Where these grants count, if they all come from roles that are held at locations. */
function placesOf(grants: ActionRight['granted']): string[] {
  const held = grants.map(({ by }) => (by.kind === 'role' ? by.locations : null))
  return held.includes(null) ? [] : [...new Set(held.flatMap((locations) => locations ?? []))]
}
