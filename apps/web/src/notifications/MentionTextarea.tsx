import { Combobox, Textarea, type TextareaProps, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { PersonValue } from '../fields/FieldValue.tsx'
import { foldLetters } from '../forms/letters.ts'
import { mentionAt, type Person, snippetAt } from './mentionText.ts'

interface MentionTextareaProps extends Omit<TextareaProps, 'value' | 'onChange' | 'onKeyDown'> {
  slug: string
  id: string
  value: string
  onChange: (text: string) => void
  onPick: (person: Person) => void
  onKeyDown?: (event: KeyboardEvent) => void
  /** Texts that are offered after a slash at the beginning of a line. */
  snippets?: { id: string; name: string; body: string }[]
}

/** What is offered while something is being typed: people, or texts. */
interface Offer {
  id: string
  name: string
  /** What stands in the place of what is typed. */
  text: string
  person?: Person
}

/** A text in which people can be mentioned: after @ it offers those who may see the record, after / texts to begin with. */
export function MentionTextarea({
  slug,
  id,
  value,
  onChange,
  onPick,
  onKeyDown = () => {},
  snippets = [],
  ...props
}: MentionTextareaProps) {
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
  const snippet = snippetAt(value, caret)
  const offered = mention
    ? typed === undefined
      ? []
      : people.map(personOffer)
    : snippetOffers(snippets, snippet?.typed)
  const offers = offered.length > 0 && combobox.dropdownOpened

  const change = (text: string, at: number) => {
    onChange(text)
    setCaret(at)
    if (mentionAt(text, at) || snippetAt(text, at)) {
      combobox.openDropdown()
      combobox.updateSelectedOptionIndex()
    } else combobox.closeDropdown()
  }
  const pick = (offerId: string) => {
    const offer = offered.find((one) => one.id === offerId)
    const begun = mention ?? snippet
    if (!offer || !begun) return
    const before = value.slice(0, begun.start) + offer.text
    if (offer.person) onPick(offer.person)
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
      pick(offered[Math.max(0, combobox.getSelectedOptionIndex())]!.id)
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
        <Combobox.Options
          aria-label={t(mention ? 'mentionPick' : 'snippetPick')}
          mah={260}
          style={{ overflowY: 'auto' }}
        >
          {offered.map((offer) => (
            <Combobox.Option key={offer.id} value={offer.id}>
              {offer.person ? <PersonValue name={offer.name} /> : offer.name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const personOffer = (person: Person): Offer => ({ ...person, text: `@${person.name} `, person })

function snippetOffers(snippets: { id: string; name: string; body: string }[], typed: string | undefined): Offer[] {
  if (typed === undefined) return []
  const wanted = foldLetters(typed)
  return snippets
    .filter(({ name }) => foldLetters(name).includes(wanted))
    .map(({ body, ...one }) => ({ ...one, text: body }))
}
