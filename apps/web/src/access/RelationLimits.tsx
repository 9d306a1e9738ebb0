import { Select, Stack, TagsInput, Text } from '@mantine/core'
import type { RoleRules } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import classes from './access.module.css'
import { useVocabulary } from './rights.ts'

interface RelationLimitsProps {
  rules: RoleRules
  onChange: ((part: Partial<RoleRules>) => void) | undefined
}

/** How far a role may go from record to record, and the ways that are closed to it. */
export function RelationLimits({ rules, onChange }: RelationLimitsProps) {
  const { t } = useTranslation('access')
  const { data: vocabulary } = useVocabulary()
  const depths = Array.from({ length: (vocabulary?.maxDepth ?? 5) + 1 }, (_, depth) => depth)
  return (
    <section>
      <h3 className={classes.subheading}>{t('relations.wide')}</h3>
      <Text size="sm" c="dimmed" mb="sm">
        {t('relations.wideHelp')}
      </Text>
      <Stack gap="sm" maw={480}>
        <Select
          label={t('relations.greatestDepth')}
          allowDeselect={false}
          readOnly={!onChange}
          value={rules.depth === null ? '' : String(rules.depth)}
          data={[
            { value: '', label: t('relations.anyDepth') },
            ...depths.map((depth) => ({ value: String(depth), label: t('relations.depth', { count: depth }) })),
          ]}
          onChange={(depth) => onChange?.({ depth: depth ? Number(depth) : null })}
        />
        <TagsInput
          label={t('relations.closed')}
          description={t('relations.closedHelp')}
          placeholder={rules.forbiddenPaths.length ? undefined : 'patients.primary_doctor.department'}
          readOnly={!onChange}
          value={rules.forbiddenPaths}
          onChange={(forbiddenPaths) => onChange?.({ forbiddenPaths })}
        />
      </Stack>
    </section>
  )
}
