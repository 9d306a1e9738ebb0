import { Button, CopyButton, Group, Pagination, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core'
import type { MessageScope, MessageState, OutgoingMessage } from '@oneforge/client'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMayAdmin } from '../api/workspace.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { useMe } from '../people/people.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './security.module.css'
import { useOutbox, useRetryMessage } from './settings.ts'

const states = ['kept', 'queued', 'sending', 'sent', 'failed'] as const
const stateColors = { kept: 'yellow', queued: 'blue', sending: 'blue', sent: 'green', failed: 'red' } as const

/** Messages on their way out; without a mail server they are kept, to be read and passed on by hand. */
export function OutboxPage() {
  const { t } = useTranslation('security')
  const { data: me } = useMe()
  const [scope, setScope] = useState<MessageScope>('workspace')
  const [state, setState] = useState<MessageState>()
  const [page, setPage] = useState(1)
  const { data: messages, error } = useOutbox({ scope, state, page })
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={760}>
      <title>{`${t('outbox.title')} · OneForge`}</title>
      <div>
        <h2 className={classes.pageHeading}>{t('outbox.title')}</h2>
        <Text size="sm" c="dimmed">
          {t('outbox.explanation')}
        </Text>
      </div>
      <Group gap="sm">
        {me?.user.superAdmin && (
          <SegmentedControl
            aria-label={t('outbox.scope')}
            value={scope}
            onChange={(next) => {
              setScope(next as MessageScope)
              setPage(1)
            }}
            data={(['workspace', 'installation'] as const).map((value) => ({ value, label: t(`outbox.of.${value}`) }))}
          />
        )}
        <Select
          aria-label={t('outbox.state')}
          placeholder={t('outbox.anyState')}
          clearable
          clearButtonProps={{ 'aria-label': t('outbox.anyState') }}
          w={180}
          value={state ?? null}
          onChange={(next) => {
            setState((next as MessageState | null) ?? undefined)
            setPage(1)
          }}
          data={states.map((value) => ({ value, label: t(`outbox.states.${value}`) }))}
        />
      </Group>
      {!messages && <Skeleton height={160} />}
      {messages?.items.length === 0 && <EmptyPage icon="mail" title={t('outbox.empty')} text={t('outbox.emptyText')} />}
      <ul className={classes.list}>
        {messages?.items.map((message) => (
          <Message key={message.id} message={message} />
        ))}
      </ul>
      {messages && messages.totalPages > 1 && (
        <Pagination
          size="sm"
          total={messages.totalPages}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`outbox.pages.${control}`) })}
        />
      )}
    </Stack>
  )
}

function Message({ message }: { message: OutgoingMessage }) {
  const { t } = useTranslation('security')
  const mayRetry = useMayAdmin('settings')
  const [isOpen, setOpen] = useState(false)
  const retry = useRetryMessage(message.scope)
  const { state, kind, to, subject, text, createdAt, sentAt, attempts, lastError } = message
  return (
    <li className={classes.message}>
      <div className={classes.messageHead}>
        <div className={classes.grow}>
          <Text size="sm" fw={500}>
            {subject}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`outbox.kinds.${kind}`, kind)} · {to} · <RelativeTime at={sentAt ?? createdAt} />
          </Text>
        </div>
        <OptionBadge label={t(`outbox.states.${state}`)} color={stateColors[state]} />
        {text !== null && (
          <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? 'outbox.close' : 'outbox.read')}
          </Button>
        )}
        {mayRetry && state === 'failed' && (
          <Button
            variant="default"
            loading={retry.isPending}
            onClick={() =>
              // Not as options of mutate: the message may leave the list before the answer, and take them with it.
              void retry.mutateAsync(message.id).then(() => showToast({ message: t('outbox.again') }), showError)
            }
          >
            {t('outbox.retry')}
          </Button>
        )}
      </div>
      {lastError && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4}>
          {t('outbox.tried', { count: attempts })} {lastError}
        </Text>
      )}
      {isOpen && text !== null && <MessageText text={text} />}
    </li>
  )
}

/** What a kept message says. Its link is to be passed on rather than followed, so it can be copied. */
function MessageText({ text }: { text: string }) {
  const { t } = useTranslation('security')
  const link = text.match(/https?:\/\/\S+/)?.[0]
  return (
    <div className={classes.text}>
      {text.trim()}
      {link && (
        <CopyButton value={link}>
          {({ copied, copy }) => (
            <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy} display="block" mt="sm">
              {t(copied ? 'copied' : 'outbox.copyLink')}
            </Button>
          )}
        </CopyButton>
      )}
    </div>
  )
}
