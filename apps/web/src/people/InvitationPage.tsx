import { Anchor, Button, PasswordInput, Skeleton, Text, TextInput } from '@mantine/core'
import { ApiError, type InvitationView } from '@oneforge/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { client, errorText, queryClient } from '../api/client.ts'
import { tellOtherTabs } from '../api/otherTabs.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { NewPasswordInput, passwordLength } from '../auth/NewPasswordInput.tsx'
import { paths } from '../paths.ts'
import { CodeInput } from '../security/CodeInput.tsx'
import { isAboutCode } from '../security/codeRefusals.ts'
import { useLinkToken } from '../security/useLinkToken.ts'

/** Where the link of an invitation leads: somebody new makes an account, somebody known gives the password. */
export default function InvitationPage() {
  const token = useLinkToken()
  return <Invited key={token} token={token} />
}

function Invited({ token }: { token: string }) {
  const { t } = useTranslation('people')
  const view = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => client.people.viewInvitation(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [declined, setDeclined] = useState(false)
  if (declined) return <Ended title={t('accept.declined')} text={t('accept.declinedText')} />
  if (view.error) return <Ended title={t('accept.void')} text={errorText(view.error)} />
  if (!view.data) {
    return (
      <AuthFrame title={t('accept.loading')} text="" onSubmit={(event) => event.preventDefault()} foot={null}>
        <Skeleton height={120} />
      </AuthFrame>
    )
  }
  return <Acceptance token={token} invitation={view.data} onDeclined={() => setDeclined(true)} />
}

function Ended({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation('people')
  return (
    <AuthFrame
      title={title}
      text={text}
      onSubmit={(event) => event.preventDefault()}
      foot={
        <Anchor component={Link} to={paths.signIn()} inherit underline="always">
          {t('accept.signIn')}
        </Anchor>
      }
    >
      {null}
    </AuthFrame>
  )
}

interface AcceptanceProps {
  token: string
  invitation: InvitationView
  onDeclined: () => void
}

function Acceptance({ token, invitation, onDeclined }: AcceptanceProps) {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  const accept = useMutation({ mutationFn: client.people.acceptInvitation })
  const decline = useMutation({ mutationFn: () => client.people.declineInvitation(token), onSuccess: onDeclined })
  const [values, setValues] = useState({ name: '', password: '', otp: '' })
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  const isNew = invitation.account === 'new'
  const errors = accept.error instanceof ApiError ? accept.error.byField() : {}
  const asksCode = isAboutCode(accept.error) || Boolean(values.otp)
  const tooShort = isNew && values.password.length < passwordLength
  const isComplete = Boolean(values.password) && !tooShort && (!isNew || Boolean(values.name.trim()))

  const submit = () =>
    accept.mutate(
      {
        token,
        password: values.password,
        ...(isNew && { name: values.name.trim() }),
        ...(values.otp && { otp: values.otp }),
      },
      {
        onSuccess: (signedIn) => {
          queryClient.clear()
          tellOtherTabs(signedIn)
          void navigate(paths.home(), { replace: true })
        },
      },
    )
  const refusal = accept.error ?? decline.error
  const isAtField = Boolean(errors.name ?? errors.password ?? errors.otp)
  return (
    <AuthFrame
      title={t('accept.title', { workspace: invitation.workspace.name })}
      text={t(invitation.invitedBy ? 'accept.by' : 'accept.text', {
        name: invitation.invitedBy,
        roles: invitation.roles.join(', '),
      })}
      refusal={refusal && !isAtField ? errorText(refusal) : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) submit()
      }}
      foot={
        <Anchor component="button" type="button" inherit underline="always" onClick={() => decline.mutate()}>
          {t('accept.decline')}
        </Anchor>
      }
    >
      <TextInput label={t('accept.email')} type="email" autoComplete="username" readOnly value={invitation.email} />
      {isNew ? (
        <>
          <TextInput
            label={t('accept.name')}
            autoComplete="name"
            autoFocus
            required
            value={values.name}
            error={errors.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <NewPasswordInput
            label={t('accept.newPassword')}
            required
            value={values.password}
            error={errors.password}
            onChange={(event) => set({ password: event.currentTarget.value })}
          />
        </>
      ) : (
        <>
          <Text size="sm">{t('accept.known')}</Text>
          <PasswordInput
            label={t('accept.password')}
            autoComplete="current-password"
            autoFocus
            required
            value={values.password}
            error={errors.password}
            onChange={(event) => set({ password: event.currentTarget.value })}
          />
          {asksCode && <CodeInput value={values.otp} onChange={(otp) => set({ otp })} error={accept.error} />}
        </>
      )}
      <Button type="submit" size="sm" disabled={!isComplete} loading={accept.isPending}>
        {t('accept.submit')}
      </Button>
    </AuthFrame>
  )
}
