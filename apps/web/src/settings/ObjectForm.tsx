import { Button, Group, Input, Stack, Switch, Text, TextInput } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { showToast } from '../ui/toast.tsx'
import { IconPicker } from './IconPicker.tsx'
import { LabelInputs } from './LabelInputs.tsx'
import { useUpdateObject } from './metadataChanges.ts'
import { anyLabel } from './naming.ts'

interface ObjectFormProps {
  object: ObjectMeta
  editable: boolean
}

/** What the object is called, the icon it wears, and the heading under which the sidebar shows it. */
export function ObjectForm({ object, editable }: ObjectFormProps) {
  const { t } = useTranslation('settings')
  const update = useUpdateObject(object.slug)
  const [values, setValues] = useState(() => ({
    label: object.labels.label,
    labelPlural: object.labels.labelPlural,
    icon: object.icon,
    group: object.group ?? '',
    description: object.description ?? '',
    located: object.located,
  }))
  const set = (part: Partial<typeof values>) => setValues({ ...values, ...part })
  const complete = anyLabel(values.label) !== '' && anyLabel(values.labelPlural) !== ''
  const save = () => {
    const { group, description, ...names } = values
    update.mutate(
      {
        ...names,
        // Texts in one language only travel when they changed, so that the other language keeps its own.
        ...(group !== (object.group ?? '') ? { group: group || null } : {}),
        ...(description !== (object.description ?? '') ? { description: description || null } : {}),
      },
      { onSuccess: () => showToast({ message: t('object.saved') }) },
    )
  }
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
