import { Group, Input, SegmentedControl, Stack, Text } from '@mantine/core'
import type { Stage } from '@oneforge/client'
import { useTranslation } from 'react-i18next'

export type Kind = Stage['kind']

interface StageKindsProps {
  stages: string[]
  kinds: Record<string, Kind>
  onChange: (kinds: Record<string, Kind>) => void
}

/** Which stages are on the way, and where a record has been won or lost. */
export function StageKinds({ stages, kinds, onChange }: StageKindsProps) {
  const { t } = useTranslation('pipelinesettings')
  return (
    <Input.Wrapper label={t('form.kinds')} description={t('form.kindsHelp')} labelElement="div">
      <Stack gap={6} mt={6}>
        {stages.map((stage) => (
          <Group key={stage} justify="space-between" wrap="nowrap" gap="sm">
            <Text size="sm" truncate>
              {stage}
            </Text>
            <SegmentedControl
              size="xs"
              style={{ flex: 'none' }}
              aria-label={t('form.kindOf', { stage })}
              value={kinds[stage] ?? 'open'}
              data={(['open', 'won', 'lost'] as const).map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              onChange={(kind) => onChange({ ...kinds, [stage]: kind as Kind })}
            />
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  )
}
