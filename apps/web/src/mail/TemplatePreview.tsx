import { Alert, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { MailPreview, MailPreviewQuery } from '@oneforge/client'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useObjectSearch } from '../api/search.ts'
import { Select } from '../ui/Select.tsx'
import classes from './mail.module.css'
import { usePreview } from './mailQueries.ts'

const widths = { desktop: '100%', phone: 375 } as const
const forms = ['desktop', 'phone', 'text'] as const
type Form = (typeof forms)[number]

/** What the template becomes with a real record, and what is wrong with it. */
export function TemplatePreview({ query }: { query: Omit<MailPreviewQuery, 'recordId'> }) {
  const { t } = useTranslation('mail')
  const [recordId, setRecordId] = useState<string | null>(null)
  const [form, setForm] = useState<Form>('desktop')
  const [asked] = useDebouncedValue({ ...query, recordId }, 400)
  const { data } = usePreview(asked)
  return (
    <Stack gap="sm">
      <Group gap="sm" justify="space-between">
        {query.object && <RecordSelect slug={query.object} value={recordId} onChange={setRecordId} />}
        <SegmentedControl
          size="xs"
          aria-label={t('preview.form')}
          value={form}
          data={forms.map((value) => ({ value, label: t(`preview.${value}`) }))}
          onChange={(next) => setForm(next as Form)}
        />
      </Group>
      {data && data.problems.length > 0 && <Problems problems={data.problems} />}
      <Text size="sm" fw={600}>
        {data?.subject}
      </Text>
      {data &&
        (form === 'text' ? (
          <pre className={classes.plain}>{data.text}</pre>
        ) : (
          <Frame html={data.html} width={widths[form]} />
        ))}
    </Stack>
  )
}

/** Without rights of any kind: nothing in it runs, and it reaches nothing. */
export function Frame({ html, width = '100%' }: { html: string; width?: string | number }) {
  const { t } = useTranslation('mail')
  return (
    <iframe className={classes.frame} style={{ maxWidth: width }} sandbox="" srcDoc={html} title={t('preview.title')} />
  )
}

function Problems({ problems }: { problems: MailPreview['problems'] }) {
  const { t } = useTranslation('mail')
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} />} title={t('preview.problems')} role="status">
      <ul className={classes.list}>
        {problems.map(({ part, line, message }) => (
          <li key={`${part} ${line} ${message}`}>
            {t(`preview.part.${part}`)}
            {line > 0 && `, ${t('preview.line', { line })}`}: {message}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

interface RecordSelectProps {
  slug: string
  value: string | null
  onChange: (id: string | null) => void
}

function RecordSelect({ slug, value, onChange }: RecordSelectProps) {
  const { t } = useTranslation('mail')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text, 200)
  const { data = [], isPlaceholderData } = useObjectSearch(slug, search)
  return (
    <Select
      size="sm"
      aria-label={t('preview.record')}
      placeholder={t('preview.record')}
      searchable
      clearable
      searching={search !== text || isPlaceholderData}
      filter={({ options }) => options}
      searchValue={text}
      onSearchChange={setText}
      data={data.map(({ id, title, recordNumber }) => ({ value: id, label: `${title} · ${recordNumber}` }))}
      value={value}
      onChange={onChange}
    />
  )
}
