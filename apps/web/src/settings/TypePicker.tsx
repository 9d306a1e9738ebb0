import { SimpleGrid, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import type { FieldType } from '@oneforge/client'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { typeGroups, typeIcons } from './fieldTypes.ts'
import classes from './settings.module.css'

/** What kind of thing the new field holds, explained in a line each. */
export function TypePicker({ onChoose }: { onChoose: (type: FieldType) => void }) {
  const { t } = useTranslation('settings')
  const [search, setSearch] = useState('')
  const looked = search.trim().toLowerCase()
  const fits = (type: FieldType) =>
    `${t(`type.${type}.name`)} ${t(`type.${type}.explanation`)}`.toLowerCase().includes(looked)
  const found = typeGroups
    .map(({ key, types }) => ({ key, types: types.filter(fits) }))
    .filter(({ types }) => types.length > 0)
  return (
    <Stack gap="lg">
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={14} aria-hidden />}
        placeholder={t('field.searchType')}
        aria-label={t('field.searchType')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [only, ...others] = found.flatMap(({ types }) => types)
          if (event.key === 'Enter' && only && others.length === 0) onChoose(only)
        }}
      />
      {found.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {t('field.noType')}
        </Text>
      )}
      {found.map(({ key, types }) => (
        <section key={key} aria-label={t(`typeGroup.${key}`)}>
          <Text size="xs" fw={600} c="dimmed" mb={6}>
            {t(`typeGroup.${key}`)}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
            {types.map((type) => (
              <UnstyledButton key={type} className={classes.typeCard} onClick={() => onChoose(type)}>
                <TypeIcon type={type} />
                <span>
                  <Text span size="sm" fw={500} display="block">
                    {t(`type.${type}.name`)}
                  </Text>
                  <Text span size="xs" c="dimmed">
                    {t(`type.${type}.explanation`)}
                  </Text>
                </span>
              </UnstyledButton>
            ))}
          </SimpleGrid>
        </section>
      ))}
    </Stack>
  )
}

export function TypeIcon({ type }: { type: FieldType }) {
  const Known = typeIcons[type]
  return <span className={classes.typeIcon}>{Known && <Known size={17} stroke={1.6} aria-hidden />}</span>
}
