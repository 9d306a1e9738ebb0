import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import type { ObjectMeta, ValidationRule } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Drawer } from '../ui/Drawer.tsx'
import { Select } from '../ui/Select.tsx'
import { showToast } from '../ui/toast.tsx'
import { differs, useCloseGuard } from '../ui/useCloseGuard.ts'
import { BrokenRecords } from './BrokenRecords.tsx'
import { FilterBox, FilterSwitch } from './FilterSwitch.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'
import { LabelInputs } from './LabelInputs.tsx'
import { TheirsStays } from './meanwhile.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import { anyLabel } from './naming.ts'
import { refusalText } from './refusalText.ts'
import { draftOfRule, emptyRule, isComplete, type RuleDraft, ruleInput, rulesWith } from './ruleDraft.ts'
import classes from './settings.module.css'

interface RuleDrawerProps {
  object: ObjectMeta
  /** Null for a new one. */
  rule: ValidationRule | null
  onClose: () => void
}

/** A rule: what must be so, when, and what is said where it is not. */
export function RuleDrawer({ object, rule, onClose }: RuleDrawerProps) {
  const { t } = useTranslation(['modelling', 'settings'])
  const [untouched] = useState<RuleDraft>(() => (rule ? draftOfRule(rule) : emptyRule()))
  const [draft, setDraft] = useState(untouched)
  const close = useCloseGuard(differs(draft, untouched), onClose)
  const [opened] = useState(object.version)
  const update = useUpdateObject(object.slug, opened)
  const [tried, setTried] = useState(false)
  const trial = useMutation({
    mutationFn: async () => (await client.objects.checkRules(object.slug, [ruleInput(draft, [])]))[0],
  })
  const set = (part: Partial<RuleDraft>) => {
    setDraft({ ...draft, ...part })
    trial.reset()
  }
  const error = update.error ?? trial.error
  const complete = isComplete(draft)
  const needsMessage = tried && anyLabel(draft.messages) === ''

  const save = () => {
    setTried(true)
    if (!complete) return
    update.mutate((now) => ({ rules: rulesWith(now, rule?.key ?? '', draft) }), {
      onSuccess: () => {
        showToast({ message: t('modelling:rules.saved') })
        onClose()
      },
      onError: (error) => error instanceof TheirsStays && onClose(),
    })
  }

  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={720}
      title={rule ? t('modelling:rules.change') : t('modelling:rules.new')}
      classNames={{ title: classes.drawerTitle }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <LabelInputs
            label={t('modelling:rules.message')}
            value={draft.messages}
            error={needsMessage ? t('modelling:rules.messageMissing') : undefined}
            autoFocus
            onChange={(messages) => set({ messages })}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('modelling:rules.check')}
            </Text>
            <SegmentedControl
              size="xs"
              mb={8}
              aria-label={t('modelling:rules.check')}
              value={draft.by}
              data={(['filter', 'formula'] as const).map((value) => ({
                value,
                label: t(`modelling:rules.by.${value}`),
              }))}
              onChange={(by) => set({ by: by as RuleDraft['by'] })}
            />
            {draft.by === 'filter' ? (
              <FilterBox
                label={t('modelling:rules.check')}
                object={object}
                hops={1}
                ownOnly
                filter={draft.filter}
                onChange={(filter) => set({ filter })}
              />
            ) : (
              <FormulaEditor
                object={object}
                label={t('modelling:rules.formula')}
                description={t('modelling:rules.formulaHelp')}
                resultType="boolean"
                value={draft.formula}
                onChange={(formula) => set({ formula })}
              />
            )}
            {tried && !complete && !needsMessage && (
              <Text size="xs" c="var(--mantine-color-error)" mt={4} role="alert">
                {t('modelling:rules.checkMissing')}
              </Text>
            )}
          </div>
          <FilterSwitch
            label={t('modelling:rules.when')}
            description={t('modelling:rules.whenHelp')}
            object={object}
            hops={1}
            ownOnly
            filter={draft.when}
            onChange={(when) => set({ when })}
          />
          <Select
            label={t('modelling:rules.field')}
            description={t('modelling:rules.fieldHelp')}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('settings:clear') }}
            value={draft.field || null}
            data={object.fields.map(({ key, label }) => ({ value: key, label }))}
            onChange={(field) => set({ field: field ?? '' })}
          />
          {error && (
            <Alert color="red" role="alert">
              {refusalText(error)}
            </Alert>
          )}
          <Group justify="space-between">
            <Group gap="sm">
              <Button
                size="sm"
                variant="default"
                disabled={!complete}
                loading={trial.isPending}
                onClick={() => trial.mutate()}
              >
                {t('modelling:rules.try')}
              </Button>
              <div aria-live="polite">{trial.data && <BrokenRecords slug={object.slug} count={trial.data} />}</div>
            </Group>
            <Button size="sm" type="submit" loading={update.isPending}>
              {t('settings:save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
