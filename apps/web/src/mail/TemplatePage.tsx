import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { ApiError, type MailContent, type MailTemplate, type MailTemplateInput } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { currentLanguage, languages } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { Select } from '../ui/Select.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { BlockList } from './BlockList.tsx'
import { MergeFieldPicker } from './MergeFieldPicker.tsx'
import { MergeInput } from './MergeInput.tsx'
import classes from './mail.module.css'
import { refreshMailTemplates, useMailTemplate } from './mailQueries.ts'
import { TemplatePreview } from './TemplatePreview.tsx'

const emptySource = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`
const emptyContent = (): MailContent => ({
  subject: '',
  blocks: [{ type: 'text', html: '' }],
  mjml: emptySource,
  text: '',
})

/** A template of messages, new or there already, with what it becomes beside it. */
export function TemplatePage() {
  const { template: id } = useParams()
  const isNew = id === 'new'
  const { data, error } = useMailTemplate(isNew ? undefined : id)
  if (error) return <PageError error={error} />
  if (!isNew && !data) return <Skeleton height={320} />
  return <Editor key={data?.id ?? 'new'} template={data} />
}

const inputOf = (template: MailTemplate | undefined): MailTemplateInput =>
  template
    ? {
        name: template.name,
        folder: template.folder,
        object: template.object,
        mode: template.mode,
        marketing: template.marketing,
        content: template.content as MailTemplateInput['content'],
      }
    : {
        name: '',
        folder: '',
        object: null,
        mode: 'visual',
        marketing: false,
        content: { [currentLanguage()]: emptyContent() },
      }

/** Only what belongs to how it is written travels. */
const written = ({ subject, blocks, mjml, text }: MailContent, mode: MailTemplate['mode']): MailContent =>
  mode === 'visual' ? { subject, blocks: blocks ?? [], text } : { subject, mjml: mjml ?? '', text }

function Editor({ template }: { template: MailTemplate | undefined }) {
  const { t } = useTranslation('mail')
  const { objects } = useWorkspace()
  const [input, setInput] = useState(() => inputOf(template))
  const [language, setLanguage] = useState(() => Object.keys(input.content)[0]!)
  const insert = useRef<(text: string) => void>(undefined)
  const change = (part: Partial<MailTemplateInput>) => setInput((before) => ({ ...before, ...part }))
  const content = input.content[language] ?? emptyContent()
  const changeContent = (part: Partial<MailContent>) =>
    setInput((before) => ({
      ...before,
      content: { ...before.content, [language]: { ...(before.content[language] ?? emptyContent()), ...part } },
    }))
  const focused = (next: (text: string) => void) => {
    insert.current = next
  }
  return (
    <Stack gap="md">
      <title>{`${input.name || t('templates.add')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap">
        <Anchor component={Link} to={paths.settings('mail')} size="sm">
          {t('tab.templates')}
        </Anchor>
        <SaveButton template={template} input={input} />
      </Group>
      <div className={classes.editor}>
        <Stack gap="sm">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              label={t('templates.name')}
              required
              maxLength={100}
              value={input.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <TextInput
              label={t('templates.folder')}
              maxLength={100}
              value={input.folder}
              onChange={(event) => change({ folder: event.currentTarget.value })}
            />
            <Select
              size="sm"
              label={t('templates.object')}
              placeholder={t('templates.ofNone')}
              searchable
              clearable
              data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
              value={input.object}
              onChange={(object) => change({ object })}
            />
            <Select
              size="sm"
              label={t('templates.language')}
              allowDeselect={false}
              data={languages.map(({ code, name }) => ({
                value: code,
                label: input.content[code] ? name : t('templates.newLanguage', { name }),
              }))}
              value={language}
              onChange={(next) => next && setLanguage(next)}
            />
          </SimpleGrid>
          <Checkbox
            label={t('templates.isMarketing')}
            description={t('templates.marketingHelp')}
            checked={input.marketing}
            onChange={(event) => change({ marketing: event.currentTarget.checked })}
          />
          <MergeInput
            key={language}
            label={t('templates.subject')}
            required
            value={content.subject}
            onChange={(subject) => changeContent({ subject })}
            onFocus={focused}
          />
          <Group justify="space-between" gap="sm">
            <SegmentedControl
              size="xs"
              aria-label={t('templates.mode')}
              value={input.mode}
              data={(['visual', 'source'] as const).map((value) => ({ value, label: t(`templates.${value}`) }))}
              onChange={(mode) => change({ mode: mode as 'visual' })}
            />
            <MergeFieldPicker slug={input.object} onPick={(field) => insert.current?.(field)} />
          </Group>
          {input.mode === 'visual' ? (
            <BlockList
              key={language}
              blocks={content.blocks ?? []}
              onChange={(blocks) => changeContent({ blocks })}
              onFocus={focused}
            />
          ) : (
            <Textarea
              className={classes.source}
              label="MJML"
              autosize
              minRows={14}
              maxRows={40}
              spellCheck={false}
              value={content.mjml ?? emptySource}
              onChange={(event) => changeContent({ mjml: event.currentTarget.value })}
              onFocus={({ currentTarget }) =>
                focused((text) => {
                  currentTarget.setRangeText(text, currentTarget.selectionStart, currentTarget.selectionEnd, 'end')
                  changeContent({ mjml: currentTarget.value })
                  currentTarget.focus()
                })
              }
            />
          )}
          <Textarea
            label={t('templates.text')}
            description={t('templates.textHelp')}
            autosize
            minRows={2}
            maxRows={12}
            value={content.text}
            onChange={(event) => changeContent({ text: event.currentTarget.value })}
          />
        </Stack>
        <TemplatePreview
          query={{ object: input.object, mode: input.mode, language, draft: written(content, input.mode) }}
        />
      </div>
    </Stack>
  )
}

function SaveButton({ template, input }: { template: MailTemplate | undefined; input: MailTemplateInput }) {
  const { t } = useTranslation('mail')
  const cache = useQueryClient()
  const navigate = useNavigate()
  const save = useMutation({
    mutationFn: () => {
      const filled = Object.entries(input.content).filter(([, { subject }]) => subject.trim() !== '')
      const content = Object.fromEntries(filled.map(([code, one]) => [code, written(one, input.mode)]))
      const ready = { ...input, content }
      return template
        ? client.mail.updateTemplate(template.id, ready, template.version)
        : client.mail.createTemplate(ready)
    },
    onSuccess: async () => {
      await refreshMailTemplates(cache)
      showToast({ message: t('templates.saved', { name: input.name }) })
      void navigate(paths.settings('mail'))
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.details.length === 0) showError(error)
    },
  })
  const isReady = input.name.trim() !== '' && Object.values(input.content).some(({ subject }) => subject.trim() !== '')
  const refused = save.error instanceof ApiError ? save.error.details : []
  return (
    <Stack gap="xs" align="flex-end">
      <Button loading={save.isPending} disabled={!isReady} onClick={() => save.mutate()}>
        {t('save')}
      </Button>
      {refused.length > 0 && (
        <Alert color="red" role="alert">
          {refused.map(({ field, message }) => (
            <Text key={`${field} ${message}`} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  )
}
