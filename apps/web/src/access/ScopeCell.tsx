import type { Scope } from '@oneforge/client'
import { IconFilter } from '@tabler/icons-react'
import type { KeyboardEventHandler, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { optionColorStyle } from '../fields/OptionBadge.tsx'
import classes from './ScopeMatrix.module.css'
import { scopeColors } from './scopeColors.ts'

export interface MatrixCell {
  scope: Scope | null
  /** Not all records of the scope: a condition narrows it, or a denial takes some away. */
  narrowed?: boolean
  /** Where it counts, if not everywhere. */
  at?: string
  /** Roles grant it, exceptions take all of it away. */
  takenAway?: boolean
  /** Taken over from what counts for all other objects. */
  inherited?: boolean
  /** Differs from what is saved. */
  changed?: boolean
}

interface ScopeCellProps {
  cell: MatrixCell
  /** Object and action. */
  label: string
  buttonRef: Ref<HTMLButtonElement>
  tabIndex: number
  onClick: () => void
  onFocus: () => void
  onKeyDown: KeyboardEventHandler
}

/** How far one action reaches: a colour and a short word. */
export function ScopeCell({ cell, label, buttonRef, ...handlers }: ScopeCellProps) {
  const { t } = useTranslation('access')
  const { scope, narrowed, at, takenAway, inherited, changed } = cell
  const said = [
    at ? t('matrix.at', { locations: at }) : t(takenAway ? 'matrix.takenAway' : `scope.${scope ?? 'none'}.long`),
    narrowed && t('matrix.narrowed'),
    inherited && t('matrix.inherited'),
    changed && t('matrix.changed'),
  ]
  return (
    <button
      type="button"
      ref={buttonRef}
      className={classes.cell}
      style={scope ? optionColorStyle(scopeColors[scope]) : undefined}
      data-none={!scope || undefined}
      data-inherited={inherited || undefined}
      data-changed={changed || undefined}
      aria-label={`${label}: ${said.filter(Boolean).join(', ')}`}
      aria-haspopup="dialog"
      {...handlers}
    >
      <span className={classes.word} title={at && t('matrix.at', { locations: at })}>
        {at ? t('matrix.at', { locations: at }) : t(takenAway ? 'matrix.takenAway' : `scope.${scope ?? 'none'}.short`)}
      </span>
      {narrowed && <IconFilter size={11} aria-hidden />}
    </button>
  )
}
