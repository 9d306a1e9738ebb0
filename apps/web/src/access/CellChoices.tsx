import { Divider, Text, UnstyledButton } from '@mantine/core'
import type { Scope } from '@oneforge/client'
import { IconCheck, IconFilter } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionDot } from '../fields/OptionBadge.tsx'
import classes from './access.module.css'
import { scopes } from './grants.ts'
import { scopeColors } from './scopeColors.ts'

interface CellChoicesProps {
  scope: Scope | null
  isFiltered: boolean
  onScope: ((scope: Scope | null) => void) | undefined
  /** Goes on to the condition; absent where there can be none. */
  onFilter: (() => void) | undefined
}

/** What a cell may be set to, each scope with a sentence; below it the condition that narrows it. */
export function CellChoices({ scope, isFiltered, onScope, onFilter }: CellChoicesProps) {
  const { t } = useTranslation('access')
  if (!onScope) return <Text size="sm">{t(`scope.${scope ?? 'none'}.help`)}</Text>
  return (
    <>
      {scopes.map((choice) => (
        <UnstyledButton
          key={choice ?? 'none'}
          className={classes.choice}
          aria-pressed={choice === scope}
          data-autofocus={choice === scope || undefined}
          onClick={() => onScope(choice)}
          onKeyDown={moveAmongSiblings}
        >
          <OptionDot color={choice ? scopeColors[choice] : 'gray'} />
          <span>
            <span className={classes.choiceName}>{t(`scope.${choice ?? 'none'}.long`)}</span>
            <span className={classes.choiceHelp}>{t(`scope.${choice ?? 'none'}.help`)}</span>
          </span>
          {choice === scope && <IconCheck size={14} className={classes.chosen} aria-hidden />}
        </UnstyledButton>
      ))}
      {scope && onFilter && (
        <>
          <Divider my={4} />
          <UnstyledButton className={classes.choice} onClick={onFilter} onKeyDown={moveAmongSiblings}>
            <IconFilter size={14} aria-hidden />
            <span className={classes.choiceName}>{t(isFiltered ? 'filter.change' : 'filter.add')}</span>
          </UnstyledButton>
        </>
      )}
    </>
  )
}

/** Up and down among the choices, as in a menu. */
function moveAmongSiblings(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const buttons = [...(event.currentTarget.parentElement?.querySelectorAll('button') ?? [])]
  const step = event.key === 'ArrowDown' ? 1 : -1
  buttons[buttons.indexOf(event.currentTarget as HTMLButtonElement) + step]?.focus()
}
