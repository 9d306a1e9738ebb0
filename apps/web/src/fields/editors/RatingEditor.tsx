import { Input, Rating } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type EditorProps, inputProps } from './editorProps.ts'

/** Five stars; clicking the one that is set clears it. */
export function RatingEditor(props: EditorProps) {
  const { field, variant, value, onChange, onDone } = props
  const { t } = useTranslation('fields')
  const { autoFocus: _focus, 'data-autofocus': _mark, size: _size, ...wrapper } = inputProps(props)
  const choose = (stars: number) => {
    const next = stars === value ? null : stars
    if (variant === 'cell') onDone(next)
    else onChange(next)
  }
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Rating
        aria-label={field.label}
        value={Number(value ?? 0)}
        onChange={choose}
        getSymbolLabel={(stars) => t('rating.outOf', { value: stars, most: 5 })}
      />
    </Input.Wrapper>
  )
}
