import { Input, Rating } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type EditorProps, inputProps } from './editorProps.ts'

/** Five stars; clicking the one that is set clears it. */
export function RatingEditor(props: EditorProps) {
  const { field, variant, value, onChange, onDone } = props
  const { t } = useTranslation('fields')
  const { autoFocus, 'data-autofocus': _mark, size: _size, ...wrapper } = inputProps(props)
  const stars = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (autoFocus) stars.current?.querySelector<HTMLElement>('input:checked, input')?.focus()
  }, [autoFocus])
  const choose = (chosen: number) => {
    const next = chosen === value ? null : chosen
    if (variant === 'cell') onDone(next)
    else onChange(next)
  }
  return (
    <Input.Wrapper {...wrapper} labelElement="div">
      <Rating
        ref={stars}
        aria-label={field.label}
        value={Number(value ?? 0)}
        onChange={choose}
        getSymbolLabel={(count) => t('rating.outOf', { value: count, most: 5 })}
      />
    </Input.Wrapper>
  )
}
