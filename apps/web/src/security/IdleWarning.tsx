import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Modal } from '../ui/Modal.tsx'

/** A minute before somebody who does nothing is signed out. */
export function IdleWarning({ onStay }: { onStay: () => void }) {
  const { t } = useTranslation('security')
  return (
    <Modal opened onClose={onStay} title={t('idle.title')} withCloseButton={false}>
      <Text size="sm">{t('idle.text')}</Text>
      <Group justify="flex-end" mt="lg">
        <Button size="sm" onClick={onStay} data-autofocus>
          {t('idle.stay')}
        </Button>
      </Group>
    </Modal>
  )
}
