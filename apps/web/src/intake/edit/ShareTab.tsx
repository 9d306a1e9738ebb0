import { Anchor, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import type { Form } from '@oneforge/client'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import classes from './edit.module.css'
import { questionsOf } from './questions.ts'

/** Where a form is found: at its address, or inside another site. */
export function ShareTab({ form }: { form: Form }) {
  const { t } = useTranslation('intake')
  const { origin } = window.location
  const link = origin + (form.audience === 'public' ? paths.form(form.address) : paths.fillForm(form.id))
  const prefills = questionsOf(form.definition).flatMap((question) =>
    question.kind === 'field' && question.prefill ? [question.prefill] : [],
  )
  return (
    <Stack gap="lg" maw={640}>
      {!form.published && (
        <Text size="sm" c="dimmed">
          {t('share.closed')}
        </Text>
      )}
      <Snippet label={t('share.link')} text={link}>
        <Anchor href={link} target="_blank" size="sm">
          {link}
        </Anchor>
      </Snippet>
      {form.audience === 'public' && (
        <>
          <Snippet
            label={t('share.script')}
            text={`<script src="${origin}/embed.js" data-form="${form.address}" async></script>`}
          />
          <Snippet
            label={t('share.frame')}
            text={`<iframe src="${link}" title="${form.name.replaceAll('"', '&quot;')}" style="width:100%;height:640px;border:0"></iframe>`}
          />
        </>
      )}
      {prefills.length > 0 && (
        <Snippet label={t('share.prefilled')} text={`${link}?${prefills.map((name) => `${name}=…`).join('&')}`} />
      )}
    </Stack>
  )
}

function Snippet({ label, text, children }: { label: string; text: string; children?: React.ReactNode }) {
  const { t } = useTranslation('intake')
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              leftSection={<IconCopy size={14} aria-hidden />}
              onClick={copy}
              aria-label={t('share.copyWhat', { what: label })}
            >
              {t(copied ? 'share.copied' : 'share.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
      {children ?? <pre className={classes.code}>{text}</pre>}
    </div>
  )
}
