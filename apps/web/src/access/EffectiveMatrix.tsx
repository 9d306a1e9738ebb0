import type { EffectiveAccess, ObjectAction, ObjectRights } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { actions, scopes } from './grants.ts'
import { ActionReasons, FieldReasons } from './Reasons.tsx'
import type { MatrixCell } from './ScopeCell.tsx'
import { type MatrixRow, ScopeMatrix } from './ScopeMatrix.tsx'

/** What all roles and exceptions of a person come to; each cell tells who gives it. */
export function EffectiveMatrix({ access }: { access: EffectiveAccess }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  const iconOf = (slug: string) => objects.find((object) => object.slug === slug)?.icon ?? 'box'
  const rows = access.objects.map(
    (rights): MatrixRow => ({
      key: rights.object,
      label: rights.label,
      icon: iconOf(rights.object),
      cells: cellsOf(rights),
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

function cellsOf(rights: ObjectRights): MatrixRow['cells'] {
  const cells = actions.map((action): [ObjectAction, MatrixCell] => {
    const { allowed, unlimited, granted, denied } = rights.actions[action]
    const widest = allowed ? scopes.findLast((scope) => granted.some((grant) => grant.scope === scope)) : null
    const whole = granted.some(({ scope, filter }) => scope === widest && !filter)
    return [action, { scope: widest ?? null, narrowed: allowed && !unlimited && (!whole || denied.length > 0) }]
  })
  return Object.fromEntries(cells) as MatrixRow['cells']
}
