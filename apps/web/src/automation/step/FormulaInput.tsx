import { Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useForm } from './formContext.ts'
import { Preview } from './Preview.tsx'
import { SourceSelect } from './SourceSelect.tsx'
import classes from './step.module.css'

interface FormulaInputProps {
  label: string
  part: string
  value: string
  onChange: (formula: string) => void
}

/** A value that is worked out: `record.amount * 2`. */
export function FormulaInput({ label, part, value, onChange }: FormulaInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const input = useRef<HTMLTextAreaElement>(null)
  const insert = (path: string) => {
    const at = input.current?.selectionStart ?? value.length
    onChange(value.slice(0, at) + path + value.slice(input.current?.selectionEnd ?? at))
    requestAnimationFrame(() => input.current?.focus())
  }
  return (
    <div>
      <Textarea
        ref={input}
        size="sm"
        autosize
        minRows={1}
        label={label}
        placeholder={t('formula.placeholder')}
        spellCheck={false}
        classNames={{ input: classes.formula ?? '' }}
        error={problem(part)}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className={classes.under}>
        <SourceSelect label={t('text.insert', { label })} onPick={insert} />
      </div>
      <Preview value={{ formula: value }} as="value" />
    </div>
  )
}
