import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOwnWorkspaces, useSwitchWorkspace } from './people.ts'

/** Where there is no menu yet: the ways to the other workspaces one belongs to. */
export function OtherWorkspaces() {
  const { t } = useTranslation('people')
  const { data: workspaces = [] } = useOwnWorkspaces()
  const change = useSwitchWorkspace()
  const others = workspaces.filter(({ current }) => !current)
  if (!others.length) return null
  return (
    <Text size="sm" c="dimmed">
      {t('workspaces.elsewhere')}{' '}
      {others.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Anchor component="button" type="button" inherit underline="always" onClick={() => change.mutate(id)}>
            {name}
          </Anchor>
        </span>
      ))}
    </Text>
  )
}
