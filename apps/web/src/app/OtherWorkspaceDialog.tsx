import { Button, Group, Modal, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Elsewhere, listenToOtherTabs } from '../api/otherTabs.ts'
import { forgetViewing } from '../api/viewAs.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'

/**
 * Another tab went to another workspace, and took the session along: nothing of what stands here can be saved any more,
 * so the page says so and goes there. Where the other tab signed out, this one does as well.
 */
export function OtherWorkspaceDialog() {
  const { t } = useTranslation('app')
  const { id, user } = useWorkspace()
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  useEffect(
    () =>
      listenToOtherTabs((now) => {
        if (!now) window.location.assign(paths.signIn())
        else setElsewhere(now.workspaceId === id && now.userId === user.id ? undefined : now)
      }),
    [id, user.id],
  )
  if (!elsewhere) return null
  const follow = () => {
    forgetViewing()
    window.location.assign(paths.home())
  }
  return (
    <Modal opened onClose={follow} withCloseButton={false} title={t('elsewhere.title')} closeOnClickOutside={false}>
      <Text size="sm">{t('elsewhere.text', { workspace: elsewhere.workspaceName })}</Text>
      <Group justify="flex-end" mt="md">
        <Button onClick={follow} data-autofocus>
          {t('elsewhere.follow', { workspace: elsewhere.workspaceName })}
        </Button>
      </Group>
    </Modal>
  )
}
