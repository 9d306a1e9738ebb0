import { Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { AccessException, MemberAccessDetail } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useObject } from '../api/objects.ts'
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
  const [adding, { open, close }] = useDisclosure()
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
        {member.exceptions.map((exception) => (
          <ExceptionLine key={exception.id} exception={exception} userId={member.userId} mayChange={mayChange} />
        ))}
      </ul>
      {adding && <NewException userId={member.userId} onClose={close} />}
    </section>
  )
}

interface ExceptionLineProps {
  exception: AccessException
  userId: string
  mayChange: boolean
}

function ExceptionLine({ exception, userId, mayChange }: ExceptionLineProps) {
  const { t } = useTranslation('access')
  const slug = exception.kind === 'admin' ? '' : exception.object
  const { data: object } = useObject(slug, slug !== '')
  const { data: vocabulary } = useVocabulary()
  const remove = useRemoveException(userId)
  const text = exceptionText(exception, t, { object, vocabulary })
  const isGrant = exception.effect === 'grant'
  return (
    <li className={classes.exception}>
      <OptionBadge label={t(isGrant ? 'exception.granted' : 'exception.denied')} color={isGrant ? 'green' : 'red'} />
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
          ms="auto"
          label={t('exception.remove', { exception: text })}
          onClick={() => void remove.mutateAsync(exception.id).catch(showError)}
        >
          <IconTrash size={16} />
        </IconButton>
      )}
    </li>
  )
}
