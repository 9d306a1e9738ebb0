import { Select, Stack, Text } from '@mantine/core'
import type { RoleRules } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import classes from './access.module.css'
import { ClosedWays } from './ClosedWays.tsx'
import { useVocabulary } from './rights.ts'

interface RelationLimitsProps {
  rules: RoleRules
  onChange: ((part: Partial<RoleRules>) => void) | undefined
}

/** How far a role may go from record to record, and the ways that are closed to it. */
export function RelationLimits({ rules, onChange }: RelationLimitsProps) {
  const { t } = useTranslation('access')
  const { data: vocabulary } = useVocabulary()
  const longest = vocabulary?.maxDepth ?? 5
  const depths = Array.from({ length: longest + 1 }, (_, depth) => depth)
  return (
    <section>
      <h3 className={classes.subheading}>{t('relations.wide')}</h3>
      <Text size="sm" c="dimmed" mb="sm">
        {t('relations.wideHelp')}
      </Text>
      <Stack gap="md">
        <Select
          maw={320}
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
        <ClosedWays
          paths={rules.forbiddenPaths}
          longest={longest}
          onChange={onChange && ((forbiddenPaths) => onChange({ forbiddenPaths }))}
        />
      </Stack>
    </section>
  )
}
