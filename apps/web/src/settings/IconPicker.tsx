import { ActionIcon, Popover, ScrollArea, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ObjectIcon } from '../ui/ObjectIcon.tsx'
import { objectIcons } from '../ui/objectIcons.ts'

interface IconPickerProps {
  value: string
  onChange: (icon: string) => void
}

const names = Object.keys(objectIcons)

/** One of the icons that objects usually wear, found by its English name. */
export function IconPicker({ value, onChange }: IconPickerProps) {
  const { t } = useTranslation('settings')
  const [opened, { toggle, close }] = useDisclosure()
  const [search, setSearch] = useState('')
  const found = names.filter((name) => name.includes(search.trim().toLowerCase().replaceAll(' ', '-')))
  return (
    <Popover opened={opened} onChange={close} trapFocus position="bottom-start" width={300}>
      <Popover.Target>
        <ActionIcon variant="default" size={36} onClick={toggle} aria-label={t('icon.choose', { icon: value })}>
          <ObjectIcon name={value} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          size="xs"
          mb="xs"
          data-autofocus
          aria-label={t('icon.search')}
          placeholder={t('icon.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah={220} viewportProps={{ tabIndex: 0 }}>
          {found.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('icon.none')}
            </Text>
          )}
          <SimpleGrid cols={7} spacing={2}>
            {found.map((name) => (
              <ActionIcon
                key={name}
                size={34}
                variant={name === value ? 'light' : 'subtle'}
                aria-label={name.replaceAll('-', ' ')}
                aria-pressed={name === value}
                onClick={() => {
                  onChange(name)
                  close()
                }}
              >
                <ObjectIcon name={name} />
              </ActionIcon>
            ))}
          </SimpleGrid>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
