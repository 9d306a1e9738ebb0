import { Button, Group, Select, Stack, Textarea } from '@mantine/core'
import type { LocalizedText, ObjectMeta, Pipeline } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { LabelInputs } from '../settings/LabelInputs.tsx'
import { anyLabel, completed, keyFrom } from '../settings/naming.ts'
import { optionColors } from '../settings/optionDraft.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError } from '../ui/toast.tsx'
import { differs, useCloseGuard } from '../ui/useCloseGuard.ts'
import { usePipelineChange } from './pipelines.ts'
import { type Kind, StageKinds } from './StageKinds.tsx'

interface PipelineFormProps {
  object: ObjectMeta
  /** Absent for a new one. */
  pipeline?: Pipeline
  onClose: () => void
}

const ownField = ''

/** The name of a pipeline; of a new one also the field whose options are its stages, or the first stages. */
export function PipelineForm({ object, pipeline, onClose }: PipelineFormProps) {
  const { t } = useTranslation('pipelinesettings')
  const [labels, setLabels] = useState<LocalizedText>(pipeline?.labels ?? { en: '' })
  const [field, setField] = useState(ownField)
  const [names, setNames] = useState(t('form.firstStages'))
  const [kinds, setKinds] = useState<Record<string, Kind>>({})
  const save = usePipelineChange(object.slug, () =>
    pipeline
      ? client.pipelines.update(object.slug, pipeline.key, { label: completed(labels) })
      : client.pipelines.create(object.slug, created()),
  )
  const untouched = pipeline?.labels ?? { en: '' }
  const close = useCloseGuard(differs([labels, field, kinds], [untouched, ownField, {}]), onClose)
  const taken = new Set(object.pipelines.map((one) => one.field))
  const free = object.fields.filter(({ key, type }) => type === 'select' && !taken.has(key))
  const typed = [...new Set(names.split('\n').map((name) => name.trim()))].filter(Boolean)
  const options = object.fields.find(({ key }) => key === field)?.options ?? []
  const stages = field === ownField ? typed : options.map((option) => option.label)
  const label = anyLabel(labels)

  function created() {
    const text = completed(labels)
    const keys = [...object.fields.map(({ key }) => key), ...object.pipelines.map(({ key }) => key)]
    const key = keyFrom(label, keys)
    const kindOf = (stage: string) => kinds[stage] ?? 'open'
    if (field !== ownField) {
      return {
        key,
        label: text,
        field,
        stages: options.map(({ value, label: stage }) => ({ value, kind: kindOf(stage) })),
      }
    }
    const inputs = stages.map((value, index) => ({
      value,
      color: optionColors[index % optionColors.length],
      kind: kindOf(value),
    }))
    return { key, label: text, field: key, stages: inputs }
  }

  return (
    <Modal opened onClose={close} title={t(pipeline ? 'form.rename' : 'form.new')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(undefined, { onSuccess: onClose, onError: showError })
        }}
      >
        <Stack gap="md">
          <LabelInputs label={t('form.name')} value={labels} onChange={setLabels} autoFocus />
          {!pipeline && (
            <Select
              label={t('form.field')}
              description={t('form.fieldHelp')}
              allowDeselect={false}
              value={field}
              onChange={(key) => setField(key ?? ownField)}
              data={[
                { value: ownField, label: t('form.ownField') },
                ...free.map((one) => ({ value: one.key, label: one.label })),
              ]}
            />
          )}
          {!pipeline && field === ownField && (
            <Textarea
              label={t('form.stages')}
              description={t('form.stagesHelp')}
              autosize
              minRows={3}
              value={names}
              onChange={({ currentTarget }) => setNames(currentTarget.value)}
            />
          )}
          {!pipeline && stages.length > 0 && <StageKinds stages={stages} kinds={kinds} onChange={setKinds} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={!label || (!pipeline && stages.length === 0)}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
