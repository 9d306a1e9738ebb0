import { Button, Checkbox, Group, NativeSelect, Popover, Stack, Text } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { IconArrowUp, IconColumns } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import classes from './Schedule.module.css'
import { mostOffered, type Resources } from './useResources.ts'

interface ResourceChooserProps {
  fields: FieldMeta[]
  field: FieldMeta
  onField: (key: string) => void
  resources: Resources
}

/** By which field the columns are made, which of them are shown, and in which order. */
export function ResourceChooser({ fields, field, onField, resources }: ResourceChooserProps) {
  const { t } = useTranslation('calendar')
  const { all, shown, choose, isCut } = resources
  const ids = shown.map(({ id }) => id)
  const others = all.filter(({ id }) => !ids.includes(id))
  return (
    <Popover position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} />}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.chooser}>
        <Stack gap="sm">
          <NativeSelect
            size="xs"
            label={t('columnsOf')}
            value={field.key}
            onChange={({ currentTarget }) => onField(currentTarget.value)}
            data={fields.map(({ key, label }) => ({ value: key, label }))}
          />
          <Stack gap={4} role="group" aria-label={t('choose')}>
            {[...shown, ...others].map(({ id, label }) => (
              <Group key={id} justify="space-between" wrap="nowrap" mih={28}>
                <Checkbox
                  size="xs"
                  label={label}
                  aria-label={t('show', { name: label })}
                  checked={ids.includes(id)}
                  onChange={({ currentTarget }) =>
                    choose(currentTarget.checked ? [...ids, id] : ids.filter((one) => one !== id))
                  }
                />
                {ids.indexOf(id) > 0 && (
                  <IconButton label={t('up', { name: label })} size={24} onClick={() => choose(movedForward(ids, id))}>
                    <IconArrowUp size={14} />
                  </IconButton>
                )}
              </Group>
            ))}
          </Stack>
          {isCut && (
            <Text size="xs" c="dimmed">
              {t('moreResources', { count: mostOffered })}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function movedForward(ids: string[], id: string): string[] {
  const at = ids.indexOf(id)
  return ids.toSpliced(at, 1).toSpliced(at - 1, 0, id)
}
