import { ActionIcon, Button, Group, NumberInput, Select, Skeleton, Slider, Stack, Switch, Text } from '@mantine/core'
import type { DuplicatePreview, ObjectMeta, DuplicateSettings as Settings } from '@oneforge/client'
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { paths } from '../paths.ts'
import { showError } from '../ui/toast.tsx'
import { useChangeSettings, useDuplicateSettings } from './duplicateQueries.ts'
import classes from './duplicates.module.css'
import { reasonText } from './reasonText.ts'
import { freshRule, type RuleDraft, withPart } from './ruleDraft.ts'

/** By what records of the object are found to be the same, in plain words. */
export function DuplicateSettings({ object }: { object: ObjectMeta }) {
  const { data: settings, error } = useDuplicateSettings(object.slug)
  if (error) return <Text c="var(--mantine-color-error)">{errorText(error)}</Text>
  if (!settings) return <Skeleton height={240} />
  return <SettingsForm key={JSON.stringify(settings.rules)} object={object} settings={settings} />
}

function SettingsForm({ object, settings }: { object: ObjectMeta; settings: Settings }) {
  const { t } = useTranslation('duplicates')
  const [active, setActive] = useState(settings.active)
  const [threshold, setThreshold] = useState(settings.threshold)
  const [rules, setRules] = useState<RuleDraft[]>(settings.rules)
  const change = useChangeSettings(object.slug)
  const preview = useMutation({
    mutationFn: () => client.duplicates.preview(object.slug, { threshold, rules }),
    onError: showError,
  })
  const replace = (index: number, rule: RuleDraft | null) =>
    setRules(rules.flatMap((one, at) => (at === index ? (rule ?? []) : one)))
  const canAdd = settings.comparable.length > 0
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('settings.explanation', { objects: object.labelPlural })} <HelpButton topic="duplicates" />
      </Text>
      <Switch
        label={t('settings.active')}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
      <Stack gap="xs">
        {rules.map((rule, index) => (
          <RuleCard
            // A rule has no identity but its key, and that does not change here.
            key={rule.key}
            rule={rule}
            comparable={settings.comparable}
            onChange={(next) => replace(index, next)}
          />
        ))}
        {rules.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('settings.none')}
          </Text>
        )}
        {canAdd && (
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setRules([...rules, freshRule(rules, settings.comparable)])}
            >
              {t('settings.addRule')}
            </Button>
          </Group>
        )}
      </Stack>
      <div>
        <Text size="sm" fw={500} mb="xs">
          {t('settings.threshold', { threshold })}
        </Text>
        <Slider
          min={30}
          max={99}
          value={threshold}
          onChange={setThreshold}
          label={(value) => `${value} %`}
          thumbLabel={t('settings.thresholdLabel')}
          maw={420}
        />
        <Text size="xs" c="dimmed" mt="xs">
          {t('settings.thresholdHelp')}
        </Text>
      </div>
      <Group gap="xs">
        <Button loading={change.isPending} onClick={() => change.mutate({ active, threshold, rules })}>
          {t('settings.save')}
        </Button>
        <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('settings.preview')}
        </Button>
        {!settings.isDefault && (
          <Button variant="subtle" onClick={() => change.mutate({ rules: null })}>
            {t('settings.reset')}
          </Button>
        )}
        <Button variant="subtle" component={Link} to={paths.duplicates(object.slug)}>
          {t('settings.queue')}
        </Button>
      </Group>
      {preview.data && <Preview object={object} preview={preview.data} />}
    </Stack>
  )
}

interface RuleCardProps {
  rule: RuleDraft
  comparable: Settings['comparable']
  onChange: (rule: RuleDraft | null) => void
}

function RuleCard({ rule, comparable, onChange }: RuleCardProps) {
  const { t } = useTranslation('duplicates')
  const labelled = rule.parts.map((part) => ({ ...part, label: labelOf(comparable, part.field) }))
  const sentence = reasonText(t, { parts: labelled })
  return (
    <div className={classes.rule}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Text size="sm" fw={500}>
          {sentence}
        </Text>
        <ActionIcon size="sm" aria-label={t('settings.removeRule', { rule: sentence })} onClick={() => onChange(null)}>
          <IconTrash size={15} />
        </ActionIcon>
      </Group>
      <Stack gap={6}>
        {rule.parts.map((part, at) => (
          <Group key={part.field} gap="xs" wrap="nowrap">
            <Select
              size="xs"
              aria-label={t('settings.field')}
              data={comparable.map(({ field, label }) => ({ value: field, label }))}
              value={part.field}
              allowDeselect={false}
              onChange={(field) => field && onChange(withPart(rule, at, { field }, comparable))}
            />
            <Select
              size="xs"
              aria-label={t('settings.compare')}
              data={comparesOf(comparable, part.field).map((value) => ({ value, label: t(`comparison.${value}`) }))}
              value={part.compare}
              allowDeselect={false}
              onChange={(compare) =>
                compare && onChange(withPart(rule, at, { compare: compare as typeof part.compare }, comparable))
              }
            />
            {rule.parts.length > 1 && (
              <ActionIcon
                size="sm"
                aria-label={t('settings.removePart', { field: labelOf(comparable, part.field) })}
                onClick={() => onChange({ ...rule, parts: rule.parts.filter((_, other) => other !== at) })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      <Group justify="space-between" mt="xs">
        <Button
          variant="subtle"
          size="compact-xs"
          disabled={rule.parts.length >= Math.min(5, comparable.length)}
          onClick={() => onChange(withPart(rule, rule.parts.length, {}, comparable))}
        >
          {t('settings.addPart')}
        </Button>
        <NumberInput
          size="xs"
          w={120}
          min={1}
          max={100}
          suffix=" %"
          aria-label={t('settings.weight')}
          value={rule.weight}
          onChange={(weight) => onChange({ ...rule, weight: Number(weight) || 1 })}
        />
      </Group>
    </div>
  )
}

const labelOf = (comparable: Settings['comparable'], field: string): string =>
  comparable.find((one) => one.field === field)?.label ?? field
const comparesOf = (comparable: Settings['comparable'], field: string) =>
  comparable.find((one) => one.field === field)?.compares ?? []

function Preview({ object, preview }: { object: ObjectMeta; preview: DuplicatePreview }) {
  const { t } = useTranslation('duplicates')
  return (
    <section aria-label={t('settings.found')}>
      <Text size="sm" fw={500} mb="xs" role="status">
        {t('settings.previewed', { count: preview.pairs, checked: preview.checked, objects: object.labelPlural })}
      </Text>
      {preview.examples.map(({ score, reasons, records }) => (
        <Text key={records.map(({ id }) => id).join()} size="sm">
          {records.map(({ title, recordNumber }) => title ?? recordNumber).join(' · ')}{' '}
          <Text span size="xs" c="dimmed">
            {score} % · {reasons.map((reason) => reasonText(t, reason)).join('; ')}
          </Text>
        </Text>
      ))}
    </section>
  )
}
