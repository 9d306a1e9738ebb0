import type { ObjectAction, ObjectGrants } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { CellChoices } from './CellChoices.tsx'
import { GrantFilter } from './GrantFilter.tsx'
import {
  actions,
  everyOther,
  filterOf,
  grantFor,
  isNamed,
  nextScope,
  scopeOf,
  withFilter,
  withoutObject,
  withScope,
} from './grants.ts'
import { RoleObjectDetails } from './RoleObjectDetails.tsx'
import type { MatrixCell } from './ScopeCell.tsx'
import { type MatrixRow, ScopeMatrix } from './ScopeMatrix.tsx'

interface RoleMatrixProps {
  label: string
  saved: ObjectGrants
  objects: ObjectGrants
  /** Absent: the role is only read. */
  onChange: ((objects: ObjectGrants) => void) | undefined
}

/** The grants of one role: the workspace's objects, and on top what counts for those the role does not name. */
export function RoleMatrix({ label, saved, objects, onChange }: RoleMatrixProps) {
  const { t } = useTranslation('access')
  const workspace = useWorkspace()
  const [filtering, setFiltering] = useState<{ slug: string; action: ObjectAction }>()
  const known = workspace.objects.toSorted((a, b) => a.order - b.order)
  const rows: MatrixRow[] = [
    { key: everyOther, label: t('matrix.everyOther'), icon: 'folders', cells: cellsOf(objects, saved, everyOther) },
    ...known.map(({ slug, labelPlural, icon }) => ({
      key: slug,
      label: labelPlural,
      icon,
      cells: cellsOf(objects, saved, slug),
      ...noteOf(slug),
    })),
  ]

  function noteOf(slug: string) {
    const { fields = {}, relations = {} } = grantFor(objects, slug)
    const count = Object.keys(fields).length + Object.keys(relations).length
    return count ? { note: t('matrix.limits', { count }) } : {}
  }

  const set = (slug: string, action: ObjectAction, step: 1 | -1) =>
    onChange?.(withScope(objects, slug, action, nextScope(scopeOf(grantFor(objects, slug)[action]), step)))

  return (
    <>
      <ScopeMatrix
        label={label}
        rows={rows}
        {...(onChange && {
          onStep: set,
          onClear: (slug: string, action: ObjectAction) => onChange(withScope(objects, slug, action, null)),
        })}
        menu={(slug, action, close) => {
          const grant = grantFor(objects, slug)[action]
          return (
            <CellChoices
              scope={scopeOf(grant)}
              isFiltered={filterOf(grant) !== null}
              onScope={
                onChange &&
                ((scope) => {
                  onChange(withScope(objects, slug, action, scope))
                  close()
                })
              }
              onFilter={
                slug === everyOther
                  ? undefined
                  : () => {
                      close()
                      setFiltering({ slug, action })
                    }
              }
            />
          )
        }}
        details={(slug) => (
          <RoleObjectDetails
            slug={slug}
            objects={objects}
            onChange={onChange}
            onReset={
              onChange && isNamed(objects, slug) && isNamed(objects, everyOther) && slug !== everyOther
                ? () => onChange(withoutObject(objects, slug))
                : undefined
            }
          />
        )}
      />
      {filtering && onChange && (
        <GrantFilter
          object={filtering.slug}
          filter={filterOf(grantFor(objects, filtering.slug)[filtering.action])}
          onSave={(filter) => {
            onChange(withFilter(objects, filtering.slug, filtering.action, filter))
            setFiltering(undefined)
          }}
          onClose={() => setFiltering(undefined)}
        />
      )}
    </>
  )
}

function cellsOf(objects: ObjectGrants, saved: ObjectGrants, slug: string): MatrixRow['cells'] {
  const [grant, before] = [grantFor(objects, slug), grantFor(saved, slug)]
  const inherited = slug !== everyOther && !isNamed(objects, slug)
  const cells = actions.map((action): [ObjectAction, MatrixCell] => [
    action,
    {
      scope: scopeOf(grant[action]),
      narrowed: filterOf(grant[action]) !== null,
      inherited,
      changed: JSON.stringify(grant[action]) !== JSON.stringify(before[action]),
    },
  ])
  return Object.fromEntries(cells) as MatrixRow['cells']
}
