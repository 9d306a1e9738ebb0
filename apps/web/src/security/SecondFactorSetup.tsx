import { Alert, Anchor, Button, Code, Loader, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { meKey } from '../people/people.ts'
import { accountKeys, useEnrolment } from './account.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { CodeInput } from './CodeInput.tsx'
import { isAboutCode } from './codeRefusals.ts'
import { QrCode } from './QrCode.tsx'
import classes from './security.module.css'

/** Three steps: scan the code, type what the app shows, keep the backup codes. */
export function SecondFactorSetup({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('security')
  const cache = useQueryClient()
  const enrolment = useEnrolment()
  const confirm = useMutation({ mutationFn: client.account.confirmSecondFactor })
  const [code, setCode] = useState('')

  const finish = async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: accountKeys.secondFactor }),
      cache.invalidateQueries({ queryKey: meKey }),
    ])
    onDone()
  }

  if (confirm.data) return <BackupCodes codes={confirm.data.backupCodes} onDone={() => void finish()} />
  if (enrolment.error) {
    return (
      <Alert color="red" variant="light" role="alert">
        {errorText(enrolment.error)}
      </Alert>
    )
  }
  if (!enrolment.data) return <Loader size="sm" />
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (code) confirm.mutate(code)
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('enrol.scan')}</Text>
        <div className={classes.qr}>
          <QrCode text={enrolment.data.uri} label={t('enrol.qr')} />
          <div>
            <Text size="xs" c="dimmed">
              {t('enrol.byHand')}
            </Text>
            <Code className={classes.secret}>{inFours(enrolment.data.secret)}</Code>
            <Anchor href={enrolment.data.uri} size="xs" underline="always" hiddenFrom="xs" className={classes.ownPhone}>
              {t('enrol.onThisPhone')}
            </Anchor>
          </div>
        </div>
        <CodeInput value={code} onChange={setCode} error={confirm.error} help={t('enrol.code')} />
        {confirm.error && !isAboutCode(confirm.error) && (
          <Alert color="red" variant="light" role="alert">
            {errorText(confirm.error)}
          </Alert>
        )}
        <Button type="submit" size="sm" disabled={!code} loading={confirm.isPending}>
          {t('enrol.confirm')}
        </Button>
      </Stack>
    </form>
  )
}

/** Groups of four are easier to type. */
function inFours(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
