import { Button, Group, Input, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { ObjectInput, ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { showToast } from '../ui/toast.tsx'
import { IconPicker } from './IconPicker.tsx'
import { LabelInputs } from './LabelInputs.tsx'
import { TheirsStays } from './meanwhile.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import { anyLabel } from './naming.ts'

interface ObjectFormProps {
  object: ObjectMeta
  editable: boolean
}

/** What the object is called, the icon it wears, and the heading under which the sidebar shows it. */
export function ObjectForm({ object, editable }: ObjectFormProps) {
  const { t } = useTranslation('settings')
  const [opened, setOpened] = useState(object)
  const update = useUpdateObject(object.slug, opened.version)
  const [values, setValues] = useState(() => valuesOf(object))
  const set = (part: Partial<Values>) => setValues({ ...values, ...part })
  const complete = anyLabel(values.label) !== '' && anyLabel(values.labelPlural) !== ''
  const save = () =>
    update.mutate(changesOf(values, valuesOf(opened)), {
      onSuccess: (saved) => {
        setOpened(saved)
        showToast({ message: t('object.saved') })
      },
      onError: (error) => {
        if (!(error instanceof TheirsStays)) return
        setOpened(error.now)
        setValues(valuesOf(error.now))
      },
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="md" maw={640}>
        <LabelInputs label={t('object.label')} value={values.label} onChange={(label) => set({ label })} />
        <LabelInputs
          label={t('object.labelPlural')}
          value={values.labelPlural}
          onChange={(labelPlural) => set({ labelPlural })}
        />
        <Group align="flex-end" gap="md">
          <Input.Wrapper label={t('object.icon')} labelElement="div">
            <div>
              <IconPicker value={values.icon} onChange={(icon) => set({ icon })} />
            </div>
          </Input.Wrapper>
          <TextInput
            flex={1}
            label={t('object.group')}
            value={values.group}
            onChange={(event) => set({ group: event.currentTarget.value })}
          />
        </Group>
        <TextInput
          label={t('object.description')}
          value={values.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <Switch
          label={t('object.located')}
          description={t('object.locatedHelp', { objects: object.labelPlural })}
          disabled={!editable}
          checked={values.located}
          onChange={(event) => set({ located: event.currentTarget.checked })}
        />
        {update.error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {errorText(update.error)}
          </Text>
        )}
        {editable && (
          <Button
            type="submit"
            size="sm"
            disabled={!complete}
            loading={update.isPending}
            style={{ alignSelf: 'flex-start' }}
          >
            {t('save')}
          </Button>
        )}
      </Stack>
    </form>
  )
}

type Values = ReturnType<typeof valuesOf>

function valuesOf({ labels, icon, group, description, located }: ObjectMeta) {
  return {
    label: labels.label,
    labelPlural: labels.labelPlural,
    icon,
    group: group ?? '',
    description: description ?? '',
    located,
  }
}

/** Only what was touched travels: texts keep their other languages, and others their changes. */
function changesOf(values: Values, before: Values): Partial<ObjectInput> {
  const isTouched = (name: string) =>
    JSON.stringify(values[name as keyof Values]) !== JSON.stringify(before[name as keyof Values])
  const { group, description, ...names } = values
  const all = { ...names, group: group || null, description: description || null }
  return Object.fromEntries(Object.entries(all).filter(([name]) => isTouched(name)))
}
