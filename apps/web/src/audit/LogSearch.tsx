import { TextInput } from '@mantine/core'
import type { LogFilter } from '@oneforge/client'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/IconButton.tsx'
import { useShortcuts } from '../ui/useShortcuts.ts'
import classes from './audit.module.css'
import { type LogFilterChange, readSearch } from './auditAddress.ts'

interface LogSearchProps {
  filter: LogFilter
  onChange: (change: LogFilterChange) => void
}

/** Takes what somebody has in hand: the link or id of a record, or the id of a request that an error message told. */
export function LogSearch({ filter, onChange }: LogSearchProps) {
  const { t } = useTranslation('audit')
  const input = useRef<HTMLInputElement>(null)
  const found = filter.record ?? filter.requestId ?? ''
  const [text, setText] = useState(found)
  useEffect(() => setText(found), [found])
  useShortcuts({ '/': () => input.current?.focus() })

  function change(next: string): void {
    setText(next)
    // Half an id finds nothing: what is typed waits for Enter, what is pasted or emptied acts at once.
    if (next === '' || readSearch(next).record) onChange(readSearch(next))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter') onChange(readSearch(text))
    if (event.key === 'Escape') {
      change('')
      input.current?.blur()
    }
  }

  return (
    <TextInput
      ref={input}
      className={classes.search}
      size="xs"
      type="search"
      aria-label={t('filter.find')}
      placeholder={t('filter.findHint')}
      leftSection={<IconSearch size={15} />}
      rightSection={
        text ? (
          <IconButton label={t('filter.clearFind')} size={22} onClick={() => change('')}>
            <IconX size={14} />
          </IconButton>
        ) : (
          <kbd className={classes.key}>/</kbd>
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => text !== found && onChange(readSearch(text))}
    />
  )
}
