import { Combobox, Textarea, type TextareaProps, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { mentionAt, type Person } from './mentionText.ts'

interface MentionTextareaProps extends Omit<TextareaProps, 'value' | 'onChange' | 'onKeyDown'> {
  slug: string
  id: string
  value: string
  onChange: (text: string) => void
  onPick: (person: Person) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** A text in which people can be mentioned: after @ it offers those who may see the record. */
export function MentionTextarea({ slug, id, value, onChange, onPick, onKeyDown, ...props }: MentionTextareaProps) {
  const { t } = useTranslation('notifications')
  const input = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const mention = mentionAt(value, caret)
  const [typed] = useDebouncedValue(mention?.typed, 120)
  const { data: people = [] } = useQuery({
    queryKey: ['mentionable', slug, id, typed],
    queryFn: ({ signal }) => client.notifications.mentionable(slug, id, typed ?? '', signal),
    enabled: typed !== undefined,
  })
  const offers = mention !== undefined && typed !== undefined && people.length > 0 && combobox.dropdownOpened

  const change = (text: string, at: number) => {
    onChange(text)
    setCaret(at)
    if (mentionAt(text, at)) {
      combobox.openDropdown()
      combobox.updateSelectedOptionIndex()
    } else combobox.closeDropdown()
  }
  const pick = (personId: string) => {
    const person = people.find((one) => one.id === personId)
    if (!person || !mention) return
    const before = `${value.slice(0, mention.start)}@${person.name} `
    onPick(person)
    change(before + value.slice(caret), before.length)
    combobox.closeDropdown()
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length))
  }
  const press = (event: KeyboardEvent) => {
    if (!offers) return onKeyDown(event)
    if (event.key === 'Escape') {
      event.stopPropagation()
      combobox.closeDropdown()
    }
    if (event.key === 'Tab' || event.key === 'Enter') {
      event.preventDefault()
      pick(people[Math.max(0, combobox.getSelectedOptionIndex())]!.id)
    }
  }
  return (
    <Combobox store={combobox} onOptionSubmit={pick} position="bottom-start" width={280}>
      <Combobox.Target withKeyboardNavigation={false} withAriaAttributes={offers}>
        <Textarea
          {...props}
          ref={input}
          value={value}
          onChange={({ currentTarget }) => change(currentTarget.value, currentTarget.selectionStart)}
          onKeyDown={(event) => {
            if (offers && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
              event.preventDefault()
              if (event.key === 'ArrowDown') combobox.selectNextOption()
              else combobox.selectPreviousOption()
            } else press(event)
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!offers}>
        <Combobox.Options aria-label={t('mentionPick')} mah={260} style={{ overflowY: 'auto' }}>
          {people.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <PersonValue name={person.name} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
