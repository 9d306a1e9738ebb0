import { ActionIcon, Button, Group, Stack, Switch, Text, UnstyledButton } from '@mantine/core'
import type { BrokenRule, ObjectMeta, ValidationRule } from '@oneforge/client'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { BrokenRecords } from './BrokenRecords.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import classes from './modelling.module.css'
import { RuleDrawer } from './RuleDrawer.tsx'
import { RuleText } from './RuleText.tsx'
import { draftOfRule, rulesWith } from './ruleDraft.ts'
import { UniqueKeys } from './UniqueKeys.tsx'

interface RulesSettingsProps {
  object: ObjectMeta
  editable: boolean
}

/** What records of the object must keep to, and how many of them do not. */
export function RulesSettings({ object, editable }: RulesSettingsProps) {
  const { t } = useTranslation('modelling')
  const update = useUpdateObject(object.slug)
  const [editing, setEditing] = useState<ValidationRule | 'new'>()
  const { data: counts = [] } = useQuery({
    queryKey: [...keys.object(object.slug), 'broken'],
    queryFn: () => client.objects.checkRules(object.slug),
    enabled: editable && object.rules.length > 0,
    staleTime: 0,
  })
  const change = (rule: ValidationRule, next: ValidationRule | null) => {
    update.mutate((now) => ({ rules: rulesWith(now, rule.key, next && draftOfRule(next)) }), {
      onError: showError,
      onSuccess: () => next || showToast({ message: t('rules.removed') }),
    })
  }
  return (
    <Stack gap="xl">
      <section aria-label={t('rules.title')}>
        <Group justify="space-between" wrap="nowrap" align="flex-end" mb="sm">
          <Text size="sm" c="dimmed">
            {t('rules.explanation')} <HelpButton topic="rules" />
          </Text>
          {editable && (
            <Button
              leftSection={<IconPlus size={14} aria-hidden />}
              style={{ flex: 'none' }}
              onClick={() => setEditing('new')}
            >
              {t('rules.add')}
            </Button>
          )}
        </Group>
        <ul className={classes.rows}>
          {object.rules.map((rule) => (
            <RuleCard
              key={rule.key}
              object={object}
              rule={rule}
              count={counts.find(({ key }) => key === rule.key)}
              editable={editable}
              onEdit={() => setEditing(rule)}
              onChange={(next) => change(rule, next)}
            />
          ))}
        </ul>
        {object.rules.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('rules.none')}
          </Text>
        )}
      </section>
      <UniqueKeys object={object} editable={editable} />
      {editing && (
        <RuleDrawer object={object} rule={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />
      )}
    </Stack>
  )
}

interface RuleCardProps {
  object: ObjectMeta
  rule: ValidationRule
  count: BrokenRule | undefined
  editable: boolean
  onEdit: () => void
  onChange: (rule: ValidationRule | null) => void
}

function RuleCard({ object, rule, count, editable, onEdit, onChange }: RuleCardProps) {
  const { t } = useTranslation('modelling')
  const place = object.fields.find(({ key }) => key === rule.field)
  return (
    <li className={classes.card} data-rule={rule.key}>
      <div className={classes.cardHead}>
        <UnstyledButton className={classes.grow} onClick={onEdit} disabled={!editable}>
          <Text size="sm" fw={500}>
            {rule.message}
          </Text>
          <RuleText object={object} rule={rule} />
          {place && (
            <Text size="xs" c="dimmed">
              {t('rules.at', { field: place.label })}
            </Text>
          )}
        </UnstyledButton>
        {editable && (
          <>
            <Switch
              size="xs"
              aria-label={t('rules.active', { rule: rule.message })}
              checked={rule.active}
              onChange={(event) => onChange({ ...rule, active: event.currentTarget.checked })}
            />
            <ActionIcon size="sm" aria-label={t('rules.remove', { rule: rule.message })} onClick={() => onChange(null)}>
              <IconTrash size={15} />
            </ActionIcon>
          </>
        )}
      </div>
      {count && <BrokenRecords slug={object.slug} count={count} />}
    </li>
  )
}
