import { Alert, Box, Button, Checkbox, Group, Input, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { ApiError, type ObjectMeta, type Pipeline, type Stage } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { HelpButton } from '../help/HelpButton.tsx'
import { ColorPicker } from '../settings/ColorPicker.tsx'
import { LabelInputs } from '../settings/LabelInputs.tsx'
import { anyLabel, completed, keyFrom } from '../settings/naming.ts'
import { Drawer } from '../ui/Drawer.tsx'
import { MultiSelect } from '../ui/Select.tsx'
import { differs, useCloseGuard } from '../ui/useCloseGuard.ts'
import { LabelledList } from './LabelledList.tsx'
import { usePipelineChange } from './pipelines.ts'
import { newStage, stageInput } from './stageInput.ts'

interface StageDrawerProps {
  object: ObjectMeta
  pipeline: Pipeline
  /** Null for a new one. */
  stage: Stage | null
  onClose: () => void
}

const computed = new Set(['formula', 'lookup', 'rollup', 'autonumber'])

/** All that a stage is and asks for. */
export function StageDrawer({ object, pipeline, stage, onClose }: StageDrawerProps) {
  const { t } = useTranslation('pipelinesettings')
  const [untouched] = useState(() => stage ?? newStage())
  const [draft, setDraft] = useState(untouched)
  const close = useCloseGuard(differs(draft, untouched), onClose)
  const change = (part: Partial<Stage>) => setDraft((before) => ({ ...before, ...part }))
  const save = usePipelineChange(object.slug, () => {
    const named = { ...draft, labels: completed(draft.labels) }
    const fresh = stage ? named : { ...named, value: named.labels.en }
    const stages = stage
      ? pipeline.stages.map((one) => (one.value === stage.value ? fresh : one))
      : [...pipeline.stages, fresh]
    return client.pipelines.update(object.slug, pipeline.key, { stages: stages.map(stageInput) })
  })
  const moments = object.fields.filter(({ type, computed: isComputed }) => type === 'datetime' && !isComputed)
  const others = pipeline.stages.filter(({ value }) => value !== stage?.value)
  const { error } = save
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="md"
      title={stage ? t('stageForm.edit', { stage: stage.label }) : t('stageForm.new')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(undefined, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <Group gap="xs" align="flex-start" wrap="nowrap">
            <Box mt={26}>
              <ColorPicker value={draft.color ?? 'gray'} onChange={(color) => change({ color })} />
            </Box>
            <LabelInputs
              label={t('stageForm.name')}
              value={draft.labels}
              onChange={(labels) => change({ labels })}
              autoFocus
            />
          </Group>
          <Input.Wrapper label={t('stageForm.kind')} labelElement="div">
            <SegmentedControl
              fullWidth
              aria-label={t('stageForm.kind')}
              value={draft.kind}
              onChange={(kind) => change({ kind: kind as Stage['kind'] })}
              data={(['open', 'won', 'lost'] as const).map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            />
          </Input.Wrapper>
          <Group grow gap="sm" align="flex-end">
            <NumberInput
              label={t('stageForm.probability')}
              suffix=" %"
              min={0}
              max={100}
              value={draft.probability ?? ''}
              onChange={(value) => change({ probability: typeof value === 'number' ? value : null })}
            />
            <NumberInput
              label={t('stageForm.rotting')}
              min={1}
              max={3650}
              allowDecimal={false}
              value={draft.rottingDays ?? ''}
              onChange={(value) => change({ rottingDays: typeof value === 'number' ? value : null })}
            />
          </Group>
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              {t('stageForm.asks')}
            </Text>
            <HelpButton topic="stage" />
          </Group>
          <MultiSelect
            label={t('stageForm.requires')}
            description={t('stageForm.requiresHelp')}
            searchable
            value={draft.requires}
            onChange={(requires) => change({ requires })}
            data={object.fields
              .filter(({ key, type }) => key !== pipeline.field && !computed.has(type))
              .map(({ key, label }) => ({ value: key, label }))}
          />
          {moments.length > 0 && (
            <MultiSelect
              label={t('stageForm.moments')}
              description={t('stageForm.momentsHelp')}
              value={draft.moments}
              onChange={(chosen) => change({ moments: chosen })}
              data={moments.map(({ key, label }) => ({ value: key, label }))}
            />
          )}
          <Stack gap={6}>
            <Checkbox
              label={t('stageForm.anyMove')}
              checked={draft.moves === null}
              onChange={({ currentTarget: { checked } }) =>
                change({ moves: checked ? null : others.map(({ value }) => value) })
              }
            />
            {draft.moves && (
              <MultiSelect
                aria-label={t('stageForm.moves')}
                value={draft.moves}
                onChange={(moves) => change({ moves })}
                data={others.map(({ value, label }) => ({ value, label }))}
              />
            )}
          </Stack>
          {draft.kind === 'open' && (
            <LabelledList
              title={t('stageForm.checklist')}
              help={t('stageForm.checklistHelp')}
              add={t('stageForm.addItem')}
              required={t('stageForm.mustBeDone')}
              items={draft.checklist.map(({ key, labels, required }) => ({ id: key, labels, required }))}
              newId={(taken) => keyFrom('item', taken)}
              onChange={(items) =>
                change({
                  checklist: items.map(({ id, labels, required = false }) => ({
                    key: id,
                    label: anyLabel(labels),
                    labels,
                    required,
                  })),
                })
              }
            />
          )}
          {(draft.kind === 'lost' || draft.reasons) && (
            <LabelledList
              title={t('stageForm.reasons')}
              help={t('stageForm.reasonsHelp')}
              add={t('stageForm.addReason')}
              items={(draft.reasons?.options ?? []).map(({ value, labels }) => ({ id: value, labels }))}
              newId={(taken) => keyFrom('reason', taken)}
              onChange={(items) =>
                change({
                  reasons:
                    items.length === 0
                      ? null
                      : {
                          required: draft.reasons?.required ?? true,
                          options: items.map(({ id, labels }) => ({
                            value: id,
                            label: anyLabel(labels),
                            labels,
                            color: null,
                          })),
                        },
                })
              }
            />
          )}
          {draft.reasons && (
            <Checkbox
              label={t('stageForm.reasonRequired')}
              checked={draft.reasons.required}
              onChange={({ currentTarget: { checked } }) =>
                draft.reasons && change({ reasons: { ...draft.reasons, required: checked } })
              }
            />
          )}
          {error && (
            <Alert color="red" role="alert">
              {error instanceof ApiError && error.details.length > 0
                ? error.details.map(({ message }) => message).join('; ')
                : error.message}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!anyLabel(draft.labels)}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  )
}
