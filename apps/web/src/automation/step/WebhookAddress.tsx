import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { showError } from '../../ui/toast.tsx'
import { useWorkflow } from '../queries.ts'

/** The address by which it is called from outside; the secret in it is shown once. */
export function WebhookAddress({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation('automation')
  const { data: workflow, refetch } = useWorkflow(workflowId)
  const renew = useMutation({
    mutationFn: () => client.workflows.renewWebhook(workflowId),
    onSuccess: () => void refetch(),
    onError: showError,
  })
  const webhook = workflow?.webhook
  return (
    <Stack gap="xs">
      <Text size="sm">{t('webhook.explanation')}</Text>
      {renew.data ? (
        <>
          <TextInput label={t('webhook.address')} readOnly value={renew.data.url} />
          <Text size="xs" c="dimmed">
            {t('webhook.once')}
          </Text>
          <CopyButton value={renew.data.url}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'webhook.copied' : 'webhook.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      ) : (
        <>
          {webhook && <Text size="sm">{t('webhook.ending', { ending: webhook.ending })}</Text>}
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
            {t(webhook ? 'webhook.renew' : 'webhook.make')}
          </Button>
        </>
      )}
    </Stack>
  )
}
