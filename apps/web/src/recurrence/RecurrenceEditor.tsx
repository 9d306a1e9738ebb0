import { Button, Fieldset, Group, Popover, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EditorProps } from '../fields/editors/editorProps.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import classes from './RecurrenceEditor.module.css'
import { RecurrenceInput } from './RecurrenceInput.tsx'
import { RecurrenceValue } from './RecurrenceValue.tsx'
import { everyWeek } from './recurrence.ts'

/** How something that is due repeats. In a cell the choice opens below the rule in words. */
export function RecurrenceEditor(props: EditorProps) {
  const { field, value, variant } = props
  const { t } = useTranslation('recurrence')
  const rule = typeof value === 'string' ? value : null
  if (variant === 'form') {
    return (
      <Fieldset legend={field.label} variant="unstyled" mx={0} classNames={{ legend: classes.legend }}>
        <RecurrenceChoice {...props} rule={rule} />
      </Fieldset>
    )
  }
  return (
    <Popover
      opened
      position="bottom-start"
      width={300}
      shadow="md"
      trapFocus
      // It is called by the field rather than by the rule that it opens below.
      withRoles={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Text size="sm" component="span">
          {rule === null ? t('never') : <RecurrenceValue rule={rule} />}
        </Text>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={field.label}>
        <RecurrenceChoice {...props} rule={rule} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** Its buttons stay where they are while what they do changes: an edit in a cell ends where the focus is lost. */
function RecurrenceChoice({ rule, error, variant, onChange, onDone }: EditorProps & { rule: string | null }) {
  const { t } = useTranslation('recurrence')
  const { timeZone } = useFormatContext()
  return (
    <Stack gap="xs">
      <Text size="sm" c={rule === null ? 'dimmed' : undefined}>
        {rule === null ? t('never') : <RecurrenceValue rule={rule} />}
      </Text>
      {rule !== null && (
        <RecurrenceInput rule={rule} kind="due" timeZone={timeZone} onChange={(next) => onChange(next || null)} />
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          data-autofocus
          onClick={() => onChange(rule === null ? everyWeek : null)}
        >
          {t(rule === null ? 'repeat' : 'stop')}
        </Button>
        {variant === 'cell' && (
          <Button size="compact-sm" onClick={() => onDone()}>
            {t('done')}
          </Button>
        )}
      </Group>
      <Problem error={error} />
    </Stack>
  )
}

function Problem({ error }: { error: string | undefined }) {
  if (!error) return null
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert">
      {error}
    </Text>
  )
}
