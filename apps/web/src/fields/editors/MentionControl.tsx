import { Popover, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { RichTextEditor as Surface } from '@mantine/tiptap'
import { IconAt } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import type { Person } from '../../notifications/mentionText.ts'
import type { MentionPlace } from '../mentions.tsx'

/** Among the controls of formatted text: chooses whom to mention. */
export function MentionControl({ place, onPick }: { place: MentionPlace; onPick: (person: Person) => void }) {
  const { t } = useTranslation('fields')
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [wanted] = useDebouncedValue(typed, 120)
  const { data: people = [] } = useQuery({
    queryKey: ['mentionable', place.slug, place.id, wanted],
    queryFn: ({ signal }) => client.notifications.mentionable(place.slug, place.id, wanted, signal),
    enabled: opened,
  })
  const pick = (id: string | null) => {
    const person = people.find((one) => one.id === id)
    if (!person) return
    setOpened(false)
    setTyped('')
    onPick(person)
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withinPortal={false}>
      <Popover.Target>
        <Surface.Control
          aria-label={t('richtext.mention')}
          title={t('richtext.mention')}
          onClick={() => setOpened(!opened)}
        >
          <IconAt size={16} stroke={1.5} />
        </Surface.Control>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Select
          size="xs"
          searchable
          aria-label={t('richtext.mention')}
          placeholder={t('richtext.mentionSearch')}
          nothingFoundMessage={t('user.nothingFound')}
          comboboxProps={{ withinPortal: false }}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          searchValue={typed}
          onSearchChange={setTyped}
          onChange={pick}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
