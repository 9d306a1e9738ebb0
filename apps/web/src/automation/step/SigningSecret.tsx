import { Button, CopyButton, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { showError } from '../../ui/toast.tsx'

/** By what a receiver can tell that a call is from here; it is read only when somebody asks for it. */
export function SigningSecret() {
  const { t } = useTranslation('automation')
  const secret = useMutation({ mutationFn: client.workflows.signingSecret, onError: showError })
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('signing.explanation')}
      </Text>
      {secret.data ? (
        <>
          <TextInput label={t('signing.secret')} readOnly value={secret.data.secret} />
          <CopyButton value={secret.data.secret}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'webhook.copied' : 'webhook.copy')}
              </Button>
            )}
          </CopyButton>
        </>
      ) : (
        <Button variant="default" loading={secret.isPending} onClick={() => secret.mutate()}>
          {t('signing.show')}
        </Button>
      )}
    </Stack>
  )
}
