import { SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import type { FieldType } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { typeGroups, typeIcons } from './fieldTypes.ts'
import classes from './settings.module.css'

/** What kind of thing the new field holds, explained in a line each. */
export function TypePicker({ onChoose }: { onChoose: (type: FieldType) => void }) {
  const { t } = useTranslation('settings')
  return (
    <Stack gap="lg">
      {typeGroups.map(({ key, types }) => (
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
