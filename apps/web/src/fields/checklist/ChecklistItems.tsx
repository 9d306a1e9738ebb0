import { ActionIcon, Checkbox } from '@mantine/core'
import type { CheckItem, ChecklistChange } from '@oneforge/client'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Checklist.module.css'
import { moved, newItemId } from './checklistItems.ts'

interface ChecklistItemsProps {
  items: CheckItem[]
  /** What the list is called. */
  label: string
  onChange: (change: ChecklistChange) => void
  autoFocus?: boolean
}

/** The place of what is being added among the rows. */
const adding = 'new'

/**
 * Items to tick and to write, by keyboard alone if one likes: Enter adds one below, Backspace removes an empty one, Alt with
 * the arrows moves it, Ctrl+Enter ticks it, the arrows go from one to the next.
 */
export function ChecklistItems({ items, label, onChange, autoFocus = false }: ChecklistItemsProps) {
  const { t } = useTranslation('fields')
  const list = useRef<HTMLUListElement>(null)
  /** The row that is to have the focus once it is drawn. */
  const next = useRef<string>(autoFocus ? adding : undefined)
  /** The item below which one is being added; the last where it is not said. */
  const [below, setBelow] = useState<string>()

  useEffect(() => {
    if (next.current === undefined) return
    const input = list.current?.querySelector<HTMLInputElement>(`[data-item="${next.current}"] input[type="text"]`)
    next.current = undefined
    input?.focus()
  })

  const at = items.findIndex(({ id }) => id === below)
  const place = at < 0 ? items.length : at + 1
  const write = (id: string, text: string) => onChange({ items: [{ id, text }] })
  const remove = (id: string) => {
    const index = items.findIndex((item) => item.id === id)
    next.current = items[index - 1]?.id ?? adding
    onChange({ removed: [id] })
  }
  const move = (id: string, step: 1 | -1) => {
    const change = moved(items, id, step)
    if (!change) return
    next.current = id
    onChange(change)
  }
  const addBelow = (id: string) => {
    next.current = adding
    setBelow(id)
  }
  const add = (text: string, goesOn: boolean) => {
    const id = newItemId()
    onChange({ items: [{ id, text, after: items[place - 1]?.id ?? null }] })
    if (goesOn) next.current = adding
    setBelow(goesOn ? id : undefined)
  }
  const leave = () => {
    next.current = items[place - 1]?.id
    setBelow(undefined)
  }

  const rows = items.map((item) => (
    <ItemRow
      key={item.id}
      item={item}
      onTick={() => onChange({ items: [{ id: item.id, done: !item.done }] })}
      onWrite={(text) => write(item.id, text)}
      onEnter={() => addBelow(item.id)}
      onMove={(step) => move(item.id, step)}
      onRemove={() => remove(item.id)}
    />
  ))
  return (
    <ul className={classes.items} aria-label={label} ref={list}>
      {rows.toSpliced(place, 0, <NewRow key={adding} placeholder={t('checklist.add')} onAdd={add} onLeave={leave} />)}
    </ul>
  )
}

interface ItemRowProps {
  item: CheckItem
  onTick: () => void
  onWrite: (text: string) => void
  onEnter: () => void
  onMove: (step: 1 | -1) => void
  onRemove: () => void
}

function ItemRow({ item, onTick, onWrite, onEnter, onMove, onRemove }: ItemRowProps) {
  const { t } = useTranslation('fields')
  const [typed, setTyped] = useState<string>()
  const text = typed ?? item.text
  const keep = () => {
    const next = text.trim()
    setTyped(undefined)
    if (next !== '' && next !== item.text) onWrite(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      take(event)
      keep()
      if (event.ctrlKey || event.metaKey) onTick()
      else onEnter()
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      take(event)
      keep()
      onMove(event.key === 'ArrowUp' ? -1 : 1)
    } else if (event.key === 'Backspace' && text === '') {
      take(event)
      onRemove()
    } else if (event.key === 'Escape' && typed !== undefined) {
      take(event)
      setTyped(undefined)
    } else goByArrows(event)
  }
  return (
    <li className={classes.item} data-item={item.id} data-done={item.done || undefined}>
      <Checkbox
        size="xs"
        checked={item.done}
        onChange={onTick}
        aria-label={t('checklist.tick', { text: item.text })}
        onKeyDown={(event) => event.key === ' ' && event.stopPropagation()}
      />
      <input
        type="text"
        className={classes.text}
        aria-label={t('checklist.item', { text: item.text })}
        value={text}
        maxLength={500}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={keep}
      />
      <ActionIcon
        size="xs"
        variant="subtle"
        color="gray"
        className={classes.remove}
        aria-label={t('checklist.remove', { text: item.text })}
        onClick={onRemove}
      >
        <IconX size={12} />
      </ActionIcon>
    </li>
  )
}

interface NewRowProps {
  placeholder: string
  onAdd: (text: string, goesOn: boolean) => void
  onLeave: () => void
}

function NewRow({ placeholder, onAdd, onLeave }: NewRowProps) {
  const [text, setText] = useState('')
  const add = (goesOn: boolean) => {
    if (text.trim() === '') return
    onAdd(text.trim(), goesOn)
    setText('')
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      take(event)
      add(true)
    } else if (event.key === 'Backspace' && text === '') {
      take(event)
      onLeave()
    } else goByArrows(event)
  }
  return (
    <li className={classes.item} data-item={adding}>
      <span className={classes.space} />
      <input
        type="text"
        className={classes.text}
        aria-label={placeholder}
        placeholder={placeholder}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => add(false)}
      />
    </li>
  )
}

/** What the list has understood is for nobody around it. */
function take(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

function goByArrows(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
  const row = event.currentTarget.closest('li')
  const other = event.key === 'ArrowUp' ? row?.previousElementSibling : row?.nextElementSibling
  const input = other?.querySelector<HTMLInputElement>('input[type="text"]')
  if (!input) return
  take(event)
  input.focus()
}
