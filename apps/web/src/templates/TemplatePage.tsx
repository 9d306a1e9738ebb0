import { Badge, Button, FileButton, Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { TemplateOrigin, TemplateUndone } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useTemplates } from '../api/workspace.ts'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { saveFile } from '../ui/saveFile.ts'
import { showError, showToast } from '../ui/toast.tsx'
import { AddingDialog, type Chosen } from './AddingDialog.tsx'
import { Lines } from './ShapePlan.tsx'
import classes from './templates.module.css'
import { useOrigins, useUndo } from './templates.ts'
import { UpgradeDialog } from './UpgradeDialog.tsx'

/** Where the workspace came from: new versions, further templates, and its shape as a file. */
export function TemplatePage() {
  const { t } = useTranslation('templates')
  const origins = useOrigins()
  if (origins.isError) return <PageError error={origins.error} />
  const known = origins.data?.origins
  return (
    <Stack gap="xl" className={settings.narrow}>
      <section aria-label={t('title')}>
        <h2 className={settings.heading}>{t('title')}</h2>
        <Text size="sm" c="dimmed" mb="md">
          {t('explanation')}
        </Text>
        {!known && <Skeleton height={64} />}
        {known?.length === 0 && <Text size="sm">{t('none')}</Text>}
        <Stack gap="xs">
          {known?.map((origin) => (
            <OriginCard key={origin.slug} origin={origin} />
          ))}
        </Stack>
      </section>
      {known && known.length > 0 && <AddTemplate known={known.map(({ slug }) => slug)} />}
      <ShapeFile />
    </Stack>
  )
}

function OriginCard({ origin }: { origin: TemplateOrigin }) {
  const { t, i18n } = useTranslation('templates')
  const [open, setOpen] = useState(false)
  const { name, version, latest, upgrade, appliedAt, appliedBy, undoable } = origin
  const date = appliedAt && new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(appliedAt))
  const past = [date && t('origin.since', { date }), appliedBy && t('origin.by', { name: appliedBy.name })]
  const standing =
    latest === null ? t('origin.gone') : upgrade ? t('origin.available', { version: latest }) : t('origin.latest')
  return (
    <div className={classes.origin}>
      <div className={classes.about}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Badge variant="default" tt="none" fw={500}>
            {t('origin.version', { version })}
          </Badge>
        </Group>
        <Text size="sm">{standing}</Text>
        <Text size="xs" c="dimmed">
          {past.filter(Boolean).join(' ')}
        </Text>
      </div>
      <Group gap="xs">
        {undoable && <TakeBack origin={origin} />}
        {upgrade && <Button onClick={() => setOpen(true)}>{t('origin.look')}</Button>}
      </Group>
      {open && <UpgradeDialog origin={origin} onClose={() => setOpen(false)} />}
    </div>
  )
}

function TakeBack({ origin: { slug, name } }: { origin: TemplateOrigin }) {
  const { t } = useTranslation('templates')
  const undo = useUndo()
  const [looking, setLooking] = useState(false)
  const takeBack = () =>
    // Not as options of mutate: what was taken back offers it no more, and they would be forgotten with the button.
    void undo.mutateAsync({ origin: slug }).then(() => showToast({ message: t('undo.done', { name }) }), showError)
  const ask = async () => {
    setLooking(true)
    try {
      const outcome = await client.templates.undo({ origin: slug, dryRun: true })
      const isFree = outcome.conflicts.length === 0
      openConfirmModal({
        title: t('undo.title', { name }),
        children: <UndoOutcome outcome={outcome} />,
        labels: { confirm: t('undo.confirm'), cancel: t('plan.cancel') },
        confirmProps: { color: 'red', disabled: !isFree },
        onConfirm: takeBack,
      })
    } catch (error) {
      showError(error)
    } finally {
      setLooking(false)
    }
  }
  return (
    <Button variant="default" loading={looking || undo.isPending} onClick={ask}>
      {t('origin.undo')}
    </Button>
  )
}

function UndoOutcome({ outcome: { conflicts, losses } }: { outcome: TemplateUndone }) {
  const { t } = useTranslation('templates')
  return (
    <Stack gap="xs">
      <Text size="sm">{t('undo.explanation')}</Text>
      {losses.length > 0 && (
        <>
          <Text size="sm">{t('undo.losses')}</Text>
          <Lines
            lines={losses.map(
              ({ object, field, message }) => `${[object, field].filter(Boolean).join('.')}: ${message}`,
            )}
          />
        </>
      )}
      {conflicts.length > 0 && (
        <>
          <Text size="sm">{t('undo.conflicts')}</Text>
          <Lines
            lines={conflicts.map(
              ({ object, key, message }) => `${[object, key].filter(Boolean).join('.')}: ${message}`,
            )}
          />
        </>
      )}
    </Stack>
  )
}

function AddTemplate({ known }: { known: string[] }) {
  const { t } = useTranslation('templates')
  const { data: offered = [] } = useTemplates({ packs: true })
  const [slug, setSlug] = useState<string | null>(null)
  const [chosen, setChosen] = useState<Chosen>()
  const others = offered.filter((template) => !known.includes(template.slug))
  const nameOf = (of: string) => others.find((template) => template.slug === of)?.name ?? of
  const readFile = async (file: File | null) => {
    if (!file) return
    try {
      setChosen({ name: file.name, template: JSON.parse(await file.text()) })
    } catch {
      showError(new Error(t('file.unreadable', { name: file.name })))
    }
  }
  return (
    <section aria-label={t('add.title')}>
      <h2 className={settings.heading}>{t('add.title')}</h2>
      <Text size="sm" c="dimmed" mb="md">
        {t('add.explanation')}
      </Text>
      <Group gap="xs" align="flex-end">
        <Select
          label={t('add.choose')}
          placeholder={t('add.placeholder')}
          value={slug}
          data={others.map((template) => ({ value: template.slug, label: template.name }))}
          onChange={setSlug}
        />
        <Button
          variant="default"
          disabled={!slug}
          onClick={() => slug && setChosen({ name: nameOf(slug), template: slug })}
        >
          {t('add.look')}
        </Button>
        <FileButton accept="application/json,.json" onChange={readFile}>
          {(props) => (
            <Button {...props} variant="subtle">
              {t('add.file')}
            </Button>
          )}
        </FileButton>
      </Group>
      {chosen && <AddingDialog chosen={chosen} onClose={() => setChosen(undefined)} />}
    </section>
  )
}

function ShapeFile() {
  const { t } = useTranslation('templates')
  const [saving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    try {
      const file = await client.templates.exportFile()
      const content = new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' })
      saveFile({ name: `${file.slug}.json`, content })
    } catch (error) {
      showError(error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <section aria-label={t('file.title')}>
      <h2 className={settings.heading}>{t('file.title')}</h2>
      <Text size="sm" c="dimmed" mb="md">
        {t('file.explanation')}
      </Text>
      <Button variant="default" loading={saving} onClick={save}>
        {t('file.save')}
      </Button>
    </section>
  )
}
