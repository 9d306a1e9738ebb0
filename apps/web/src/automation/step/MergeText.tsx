import { Anchor, Input, SegmentedControl } from '@mantine/core'
import type { WorkflowText } from '@oneforge/client'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languages } from '../../i18n/index.ts'
import { useForm } from './formContext.ts'
import { Preview } from './Preview.tsx'
import { SourceSelect } from './SourceSelect.tsx'
import classes from './step.module.css'

interface MergeTextProps {
  label: string
  /** The part of the step, by whose name problems are found. */
  part: string
  value: WorkflowText | undefined
  onChange: (value: WorkflowText) => void
  lines?: number
  /** Texts for people may be written in several languages; addresses are not. */
  oneLanguage?: boolean
  withoutPreview?: boolean
}

/** A text into which fields of the record are put: `Dear {{ record.full_name }}`. */
export function MergeText(props: MergeTextProps) {
  const { label, part, value = '', onChange, lines = 1, oneLanguage = false, withoutPreview = false } = props
  const { t, i18n } = useTranslation('automation')
  const { problem } = useForm()
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [language, setLanguage] = useState<string>(i18n.language)
  const text = typeof value === 'string' ? value : (value[language] ?? '')
  const write = (next: string) => onChange(typeof value === 'string' ? next : { ...value, [language]: next })

  function insert(path: string): void {
    const at = input.current?.selectionStart ?? text.length
    const added = `{{ ${path} }}`
    write(text.slice(0, at) + added + text.slice(input.current?.selectionEnd ?? at))
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(at + added.length, at + added.length)
    })
  }

  return (
    <Input.Wrapper label={label} id={id} error={problem(part)}>
      {typeof value !== 'string' && (
        <SegmentedControl
          size="xs"
          mb={4}
          fullWidth
          aria-label={t('text.language')}
          value={language}
          onChange={setLanguage}
          data={languages.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      <div className={classes.editor} data-invalid={problem(part) !== undefined || undefined}>
        <pre className={classes.marks} aria-hidden style={{ minHeight: lines * 20 + 14 }}>
          {tokens(text).map((token, index) =>
            token.merged ? <mark key={index}>{token.text}</mark> : <span key={index}>{token.text}</span>,
          )}
          {'\n'}
        </pre>
        <textarea
          id={id}
          ref={input}
          className={classes.input}
          autoComplete="off"
          rows={1}
          dir="auto"
          aria-invalid={problem(part) !== undefined || undefined}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
        />
      </div>
      <div className={classes.under}>
        <SourceSelect label={t('text.insert', { label })} onPick={insert} />
        {!oneLanguage && typeof value === 'string' && (
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => onChange(inLanguages(value, i18n.language))}
          >
            {t('text.severalLanguages')}
          </Anchor>
        )}
      </div>
      {!withoutPreview && text.includes('{{') && <Preview value={text} as="text" />}
    </Input.Wrapper>
  )
}

const inLanguages = (text: string, language: string) => ({ en: text, [language]: text })

/** The text cut where fields are put in, so that these can be marked. */
function tokens(text: string): { text: string; merged: boolean }[] {
  return text
    .split(/(\{\{.*?\}\}|\{%.*?%\})/s)
    .filter(Boolean)
    .map((part) => ({ text: part, merged: /^\{[{%]/.test(part) }))
}
