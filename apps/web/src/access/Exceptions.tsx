import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { MemberAccessDetail } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../api/workspace.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { showError } from '../ui/toast.tsx'
import classes from './access.module.css'
import { exceptionText } from './exceptionText.ts'
import { NewException } from './NewException.tsx'
import { useRemoveException, useVocabulary } from './rights.ts'

/** What one person may or may not do beside their roles. */
export function Exceptions({ member, mayChange }: { member: MemberAccessDetail; mayChange: boolean }) {
  const { t } = useTranslation('access')
  const { objects } = useWorkspace()
  const { data: vocabulary } = useVocabulary()
  const [adding, { open, close }] = useDisclosure()
  const remove = useRemoveException(member.userId)
  if (!mayChange && !member.exceptions.length) return null
  return (
    <section>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <div>
          <h3 className={classes.subheading}>{t('exception.title')}</h3>
          <Text size="sm" c="dimmed">
            {t('exception.help')}
          </Text>
        </div>
        {mayChange && (
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={open} flex="none">
            {t('exception.add')}
          </Button>
        )}
      </Group>
      <ul className={classes.exceptions}>
        {member.exceptions.map((exception) => {
          const text = exceptionText(exception, t, { objects, vocabulary })
          return (
            <li key={exception.id} className={classes.exception}>
              <OptionBadge
                label={t(`exception.${exception.effect}`)}
                color={exception.effect === 'grant' ? 'green' : 'red'}
              />
              <span>
                {text}
                {exception.reason && (
                  <Text size="xs" c="dimmed">
                    {exception.reason}
                  </Text>
                )}
              </span>
              {mayChange && (
                <IconButton
                  ml="auto"
                  label={t('exception.remove', { exception: text })}
                  onClick={() => remove.mutate(exception.id, { onError: showError })}
                >
                  <IconTrash size={16} />
                </IconButton>
              )}
            </li>
          )
        })}
      </ul>
      {adding && <NewException userId={member.userId} onClose={close} />}
    </section>
  )
}
