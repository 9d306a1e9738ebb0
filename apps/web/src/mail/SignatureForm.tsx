import { Button, Skeleton, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { MailText } from './MailText.tsx'

const key = ['mail signature']

/** What the person's e-mails end with. */
export function SignatureForm({ className, headingClass }: { className?: string; headingClass?: string }) {
  const { t } = useTranslation('mail')
  const cache = useQueryClient()
  const { data } = useQuery({ queryKey: key, queryFn: client.mail.signature })
  const [html, setHtml] = useState<string>()
  const save = useMutation({
    mutationFn: client.mail.setSignature,
    onSuccess: (kept) => {
      cache.setQueryData(key, kept)
      setHtml(undefined)
      showToast({ message: t('signature.saved') })
    },
    onError: showError,
  })
  return (
    <section className={className} aria-labelledby="signature">
      <h2 id="signature" className={headingClass}>
        {t('signature.title')}
      </h2>
      <Text size="sm" c="dimmed">
        {t('signature.explanation')}
      </Text>
      {data ? (
        <MailText label={t('signature.title')} value={data.html} onChange={setHtml} />
      ) : (
        <Skeleton height={120} />
      )}
      <Button
        w="fit-content"
        loading={save.isPending}
        disabled={html === undefined}
        onClick={() => html !== undefined && save.mutate(html)}
      >
        {t('save')}
      </Button>
    </section>
  )
}
