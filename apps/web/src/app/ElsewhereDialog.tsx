import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Elsewhere } from '../api/otherTabs.ts'
import { forgetViewing } from '../api/viewAs.ts'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'

/** The session belongs to another workspace now: the only way on is there. */
export function ElsewhereDialog({ elsewhere }: { elsewhere: Elsewhere }) {
  const { t } = useTranslation('app')
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
