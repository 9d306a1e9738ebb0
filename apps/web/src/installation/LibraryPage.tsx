import { Anchor, Badge, Button, FileButton, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { InstallationTemplate } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate } from '../fields/format.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { paths } from '../paths.ts'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { CardDialog } from './CardDialog.tsx'
import classes from './installation.module.css'
import { useChangeCard, useLibrary } from './installation.ts'
import { OwnShapeDialog } from './OwnShapeDialog.tsx'
import { PublishDialog } from './PublishDialog.tsx'

/** The templates that workspaces may choose: the shipped ones and those that were published here. */
export function LibraryPage() {
  const { t } = useTranslation('installation')
  const { data: templates, error } = useLibrary()
  const [file, setFile] = useState<unknown>()
  const [isOwn, setOwn] = useState(false)
  const readFile = async (chosen: File | null) => {
    if (!chosen) return
    try {
      setFile(JSON.parse(await chosen.text()))
    } catch {
      showError(new Error(t('library.unreadable', { name: chosen.name })))
    }
  }
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={760}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('library.explanation')}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={() => setOwn(true)}>
            {t('library.fromWorkspace')}
          </Button>
          <FileButton accept="application/json,.json" onChange={readFile}>
            {(props) => (
              <Button {...props} variant="default">
                {t('library.fromFile')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Group>
      {!templates && <Skeleton height={320} />}
      <ul className={classes.plain}>
        {templates?.toSorted(publishedFirst).map((template) => (
          <LibraryItem key={template.slug} template={template} />
        ))}
      </ul>
      {isOwn && templates && (
        <OwnShapeDialog
          templates={templates}
          onClose={() => setOwn(false)}
          onReady={(shape) => {
            setOwn(false)
            setFile(shape)
          }}
        />
      )}
      {file !== undefined && <PublishDialog template={file} onClose={() => setFile(undefined)} />}
    </Stack>
  )
}

/** What can be changed here stands above what comes with OneForge. */
const publishedFirst = (one: InstallationTemplate, other: InstallationTemplate): number =>
  Number(one.shipped) - Number(other.shipped)

function LibraryItem({ template }: { template: InstallationTemplate }) {
  const { t, i18n } = useTranslation('installation')
  const [isEditing, setEditing] = useState(false)
  const change = useChangeCard(template.slug)
  const { slug, name, description, shipped, retired, versions } = template
  const text = (texts: Record<string, string>) => texts[i18n.language] ?? texts.en ?? slug
  const title = text(name)
  const setRetired = (to: boolean) =>
    change
      .mutateAsync({ retired: to })
      .then(
        () => showToast({ message: t(to ? 'library.retired' : 'library.offeredAgain', { name: title }) }),
        showError,
      )
  return (
    <li className={classes.template}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div className={classes.about}>
          <Group gap="xs">
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <Text size="xs" c="dimmed">
              {slug}
            </Text>
            {shipped && (
              <Badge variant="default" tt="none" fw={500}>
                {t('library.shipped')}
              </Badge>
            )}
            {retired && <OptionBadge color="gray" label={t('library.isRetired')} />}
          </Group>
          <Text size="sm" c="dimmed">
            {text(description)}
          </Text>
        </div>
        {versions.some(({ publishedAt }) => publishedAt) && (
          <Group gap="xs">
            <Button
              variant="default"
              onClick={() => setEditing(true)}
              aria-label={t('library.editOf', { name: title })}
            >
              {t('library.edit')}
            </Button>
            <Button
              variant="default"
              loading={change.isPending}
              onClick={() => setRetired(!retired)}
              aria-label={t(retired ? 'library.offerOf' : 'library.retireOf', { name: title })}
            >
              {t(retired ? 'library.offer' : 'library.retire')}
            </Button>
          </Group>
        )}
      </Group>
      <ul className={classes.versions}>
        {versions.toReversed().map((version) => (
          <Version key={version.version} version={version} />
        ))}
      </ul>
      {isEditing && <CardDialog template={template} onClose={() => setEditing(false)} />}
    </li>
  )
}

const namedAtMost = 3

/** One version, what is new in it, and the workspaces that are made from it. */
function Version({
  version: { version, publishedAt, notes, workspaces },
}: {
  version: InstallationTemplate['versions'][number]
}) {
  const { t } = useTranslation('installation')
  const { locale } = useFormatContext()
  const [all, setAll] = useState(false)
  const named = all ? workspaces : workspaces.slice(0, namedAtMost)
  return (
    <li>
      <Text size="sm">
        {t('library.version', { version })}
        <Text span size="xs" c="dimmed" ms={8}>
          {[
            publishedAt && formatDate(publishedAt, locale),
            workspaces.length === 0 ? t('library.unused') : t('library.uses', { count: workspaces.length }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Text>
      {notes && (
        <Text size="sm" className={classes.notes}>
          {notes}
        </Text>
      )}
      {named.length > 0 && (
        <Group gap="sm">
          {named.map(({ id, name }) => (
            <Anchor key={id} component={Link} to={paths.settings(`installation/workspaces/${id}`)} size="xs">
              {name}
            </Anchor>
          ))}
          {!all && workspaces.length > namedAtMost && (
            <Anchor component="button" type="button" size="xs" onClick={() => setAll(true)}>
              {t('library.allUses', { count: workspaces.length })}
            </Anchor>
          )}
        </Group>
      )}
    </li>
  )
}
