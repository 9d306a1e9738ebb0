import { Alert, Anchor, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { closeModal, openModal } from '@mantine/modals'
import { ApiError } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { useMe } from '../people/people.ts'
import { overlays } from '../ui/overlays.ts'
import { CodeInput } from './CodeInput.tsx'
import { isAboutCode } from './codeRefusals.ts'
import classes from './security.module.css'

const modalId = 'step-up'

/** Opens the dialog; answers whether the person proved who they are. The client then repeats what was refused. */
export async function askForStepUp(): Promise<boolean> {
  await overlays()
  return new Promise((answer) => {
    openModal({
      modalId,
      title: i18next.t('security:stepUp.title'),
      closeButtonProps: { 'aria-label': i18next.t('security:close') },
      onClose: () => answer(false),
      children: (
        <StepUpForm
          onProven={() => {
            answer(true)
            closeModal(modalId)
          }}
        />
      ),
    })
  })
}

/** With a second factor its code is enough; who has left the phone elsewhere gives the password. */
function StepUpForm({ onProven }: { onProven: () => void }) {
  const { t } = useTranslation('security')
  const { data: me } = useMe()
  const [byPassword, setByPassword] = useState<boolean>()
  const [value, setValue] = useState('')
  const hasCode = Boolean(me?.user.secondFactor)
  const wantsPassword = byPassword ?? !hasCode
  const prove = useMutation({ mutationFn: client.account.stepUp, onSuccess: onProven })
  const passwordError = prove.error instanceof ApiError ? prove.error.byField().password : undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (value) prove.mutate(wantsPassword ? { password: value } : { otp: value })
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('stepUp.text')}
        </Text>
        {wantsPassword ? (
          <PasswordInput
            label={t('stepUp.password')}
            autoComplete="current-password"
            data-autofocus
            value={value}
            error={passwordError}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        ) : (
          <CodeInput value={value} onChange={setValue} error={prove.error} />
        )}
        {prove.error && !passwordError && !isAboutCode(prove.error) && (
          <Alert color="red" variant="light" role="alert">
            {errorText(prove.error)}
          </Alert>
        )}
        {hasCode && (
          <Anchor
            component="button"
            type="button"
            size="sm"
            underline="always"
            className={classes.start}
            onClick={() => {
              setByPassword(!wantsPassword)
              setValue('')
              prove.reset()
            }}
          >
            {t(wantsPassword ? 'stepUp.useCode' : 'stepUp.usePassword')}
          </Anchor>
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={() => closeModal(modalId)}>
            {t('cancel')}
          </Button>
          <Button size="sm" type="submit" disabled={!value} loading={prove.isPending}>
            {t('stepUp.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
