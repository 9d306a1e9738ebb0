import { Checkbox, Switch } from '@mantine/core'
import { type EditorProps, inputProps } from './editorProps.ts'

/** A switch in forms; in place a box that saves as soon as it is ticked. */
export function BooleanEditor(props: EditorProps) {
  const { field, value, variant, onChange, onDone } = props
  const { autoFocus, error } = inputProps(props)
  if (variant === 'cell') {
    return (
      <Checkbox
        aria-label={field.label}
        size="xs"
        error={error}
        autoFocus={autoFocus}
        checked={value === true}
        onChange={(event) => onDone(event.currentTarget.checked)}
      />
    )
  }
  return (
    <Switch
      label={field.label}
      description={field.help}
      error={error}
      autoFocus={autoFocus}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
