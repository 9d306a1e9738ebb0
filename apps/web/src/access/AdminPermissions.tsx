import { Checkbox, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './access.module.css'
import { useVocabulary } from './rights.ts'

interface AdminPermissionsProps {
  admin: string[]
  onChange: ((admin: string[]) => void) | undefined
}

/** What a role may administer. `*` is everything there is now and will be. */
export function AdminPermissions({ admin, onChange }: AdminPermissionsProps) {
  const { t } = useTranslation('access')
  const { data: vocabulary } = useVocabulary()
  const hasAll = admin.includes('*')
  const toggle = (permission: string, given: boolean) =>
    onChange?.(given ? [...admin, permission] : admin.filter((key) => key !== permission))
  return (
    <section>
      <h3 className={classes.subheading}>{t('admin.title')}</h3>
      <Text size="sm" c="dimmed" mb="sm">
        {t('admin.help')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="xs" verticalSpacing={10}>
        <Checkbox
          size="xs"
          label={t('admin.everything')}
          checked={hasAll}
          disabled={!onChange}
          onChange={(event) => onChange?.(event.currentTarget.checked ? ['*'] : allKeys())}
        />
        {vocabulary?.admin.map(({ key, label }) => (
          <Checkbox
            key={key}
            size="xs"
            label={label}
            checked={hasAll || admin.includes(key)}
            disabled={hasAll || !onChange}
            onChange={(event) => toggle(key, event.currentTarget.checked)}
          />
        ))}
      </SimpleGrid>
    </section>
  )

  function allKeys(): string[] {
    return vocabulary?.admin.map(({ key }) => key) ?? []
  }
}
