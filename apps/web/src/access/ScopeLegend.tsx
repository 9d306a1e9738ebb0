import { Group, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { scopes } from './grants.ts'
import { scopeColors } from './scopeColors.ts'

/** What the words and colours of a matrix mean; the whole sentence on hover. */
export function ScopeLegend() {
  const { t } = useTranslation('access')
  return (
    <Group gap={6}>
      {scopes.map(
        (scope) =>
          scope && (
            <Tooltip key={scope} label={t(`scope.${scope}.help`)} multiline maw={280}>
              <span>
                <OptionBadge label={t(`scope.${scope}.long`)} color={scopeColors[scope]} />
              </span>
            </Tooltip>
          ),
      )}
    </Group>
  )
}
