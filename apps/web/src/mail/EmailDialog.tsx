import { Alert, Button, FileButton, Group, Pill, Stack, Text, TextInput } from '@mantine/core'
import { ApiError, type EmailInput } from '@oneforge/client'
import { IconPaperclip } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { Modal } from '../ui/Modal.tsx'
import { Select } from '../ui/Select.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { base64Of } from './base64.ts'
import { MailText } from './MailText.tsx'
import classes from './mail.module.css'
import { useEmailDraft, useMailTemplates } from './mailQueries.ts'
import { Frame } from './TemplatePreview.tsx'

export interface EmailDialogProps {
  slug: string
  id: string
  /** The e-mail that is answered. */
  answered?: { id: string; to: string; subject: string } | undefined
  onClose: () => void
}

/** An e-mail about a record: written by hand, or by a template as it goes out. */
export function EmailDialog({ slug, id, answered, onClose }: EmailDialogProps) {
  const { t } = useTranslation('mail')
  const cache = useQueryClient()
  const [templateId, setTemplateId] = useState<string>()
  const { data: draft, error } = useEmailDraft(slug, id, templateId)
  const { data: templates = [] } = useMailTemplates(slug)
  const [to, setTo] = useState(answered?.to)
  const [subject, setSubject] = useState(answered?.subject)
  const [html, setHtml] = useState('')
  const [files, setFiles] = useState<File[]>([])
  const email = { to: to ?? draft?.to ?? '', subject: subject ?? draft?.subject ?? '' }
  const send = useMutation({
    mutationFn: async () => {
      const attachments = await Promise.all(
        files.map(async (file) => ({ name: file.name, content: await base64Of(file) })),
      )
      const body: Pick<EmailInput, 'html' | 'templateId'> = templateId ? { templateId } : { html }
      return client.mail.send(slug, id, { ...email, ...body, attachments, ...(answered && { answers: answered.id }) })
    },
    onSuccess: ({ object }) => {
      void cache.invalidateQueries({ queryKey: keys.records(object) })
      void cache.invalidateQueries({ queryKey: keys.records(slug) })
      showToast({ message: t('email.sent', { to: email.to }) })
      onClose()
    },
    onError: (refused) => {
      if (!(refused instanceof ApiError) || refused.details.length === 0) showError(refused)
    },
  })
  const errors = send.error instanceof ApiError ? send.error.byField() : {}
  const isReady = email.to !== '' && email.subject.trim() !== '' && (templateId !== undefined || html !== '')
  return (
    <Modal opened onClose={onClose} title={t('email.title')} size="xl">
      <Stack gap="sm">
        {draft?.delivers === false && <Alert color="yellow">{t('email.noServer')}</Alert>}
        {error && <Alert color="red">{error.message}</Alert>}
        <TextInput
          label={t('email.to')}
          type="email"
          required
          data-autofocus
          value={email.to}
          error={errors.to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        {templates.length > 0 && !answered && (
          <Select
            size="sm"
            label={t('email.template')}
            placeholder={t('email.noTemplate')}
            searchable
            clearable
            data={templates.map(({ id: value, name }) => ({ value, label: name }))}
            value={templateId ?? null}
            onChange={(next) => {
              setTemplateId(next ?? undefined)
              setSubject(undefined)
            }}
          />
        )}
        <TextInput
          label={t('email.subject')}
          required
          maxLength={500}
          value={email.subject}
          error={errors.subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        {templateId ? (
          draft && <Frame html={draft.html} />
        ) : (
          <>
            <MailText label={t('email.text')} value={html} onChange={setHtml} />
            {draft?.signature && (
              // The server lets only tags of formatted text through.
              <div className={classes.signature} dangerouslySetInnerHTML={{ __html: draft.signature }} />
            )}
          </>
        )}
        <Group gap="sm">
          <FileButton multiple onChange={(chosen) => setFiles([...files, ...chosen])}>
            {(props) => (
              <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={14} aria-hidden />}>
                {t('email.choose')}
              </Button>
            )}
          </FileButton>
          {files.map((file) => (
            <Pill
              key={`${file.name} ${file.size} ${file.lastModified}`}
              withRemoveButton
              removeButtonProps={{ 'aria-label': t('email.without', { name: file.name }) }}
              onRemove={() => setFiles(files.filter((one) => one !== file))}
            >
              {file.name}
            </Pill>
          ))}
        </Group>
        {errors.attachments && (
          <Text size="sm" c="red">
            {errors.attachments}
          </Text>
        )}
        <Group justify="space-between" gap="sm">
          <Text size="xs" c="dimmed">
            {t(draft?.receivesAnswers ? 'email.answersHere' : 'email.answersToYou')}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              loading={send.isPending}
              disabled={!isReady || draft?.delivers !== true}
              onClick={() => send.mutate()}
            >
              {t('email.send')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  )
}
