import { Anchor, Input } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { FieldType, FormulaCheck, ObjectMeta } from '@oneforge/client'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HelpButton } from '../help/HelpButton.tsx'
import classes from './FormulaEditor.module.css'
import { FormulaNames } from './FormulaNames.tsx'
import { FormulaResult } from './FormulaResult.tsx'
import { markedParts, type Span, withWord, wordAt } from './formulaText.ts'
import { useFormulaCheck } from './useFormulaCheck.ts'

interface FormulaEditorProps {
  object: ObjectMeta
  label: string
  description?: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  resultType?: FieldType | ''
  currency?: string
  /** Of the field that is being changed. */
  fieldKey?: string | undefined
  /** Defaults are worked out before there is a record, so nothing is tried there. */
  withoutResult?: boolean
}

/** Milliseconds without a key before the server is asked. */
const pause = 250
const mostSuggested = 7

/** A formula as it is typed: names are suggested, mistakes are marked where they stand, and it is tried on a record. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { object, label, description, value, onChange, error, resultType, currency, fieldKey, withoutResult } = props
  const { t } = useTranslation('modelling')
  const id = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [recordId, setRecordId] = useState<string>()
  const [expression] = useDebouncedValue(value, pause)
  const check = useFormulaCheck(object.slug, { expression, resultType, currency, recordId, key: fieldKey })
  const isCurrent = expression === value && !check.isPlaceholderData
  const problems = isCurrent ? (check.data?.problems ?? []) : []
  const suggestions = useSuggestions(value, check.data)

  /** Puts a word in place of the one at the cursor, and goes on behind it. */
  function insert(word: string): void {
    const element = input.current
    const at = element ? wordAt(value, element.selectionStart) : { start: value.length, end: value.length }
    const next = withWord(value, at, word)
    onChange(next.text)
    suggestions.close()
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(next.cursor, next.cursor)
    })
  }

  function show({ start, end }: Span): void {
    input.current?.focus()
    input.current?.setSelectionRange(start, Math.max(end, start + 1))
  }

  function onKeyDown(event: KeyboardEvent): void {
    const action = suggestions.actionOf(event.key)
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    const chosen = action()
    if (chosen) insert(chosen)
  }

  return (
    <Input.Wrapper className={classes.whole} label={label} description={description} error={error} id={id}>
      <div className={classes.help}>
        <HelpButton topic="formula" />
      </div>
      <div className={classes.editor} data-invalid={problems.length > 0 || undefined}>
        <pre className={classes.marks} aria-hidden>
          {markedParts(
            value,
            problems.flatMap(({ position }) => position ?? []),
          ).map((part, index) =>
            part.marked ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
          )}
          {'\n'}
        </pre>
        <textarea
          id={id}
          ref={input}
          className={classes.input}
          spellCheck={false}
          autoComplete="off"
          rows={1}
          value={value}
          placeholder={t('formula.placeholder')}
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={`${id}-said`}
          aria-autocomplete="list"
          // Escape closes the suggestions, not the drawer around them.
          data-mantine-stop-propagation={suggestions.words.length > 0}
          aria-controls={suggestions.words.length > 0 ? `${id}-words` : undefined}
          aria-activedescendant={suggestions.words.length > 0 ? `${id}-word-${suggestions.active}` : undefined}
          onChange={(event) => {
            onChange(event.currentTarget.value)
            suggestions.look(event.currentTarget.value, event.currentTarget.selectionStart)
          }}
          onBlur={() => suggestions.close()}
          onKeyDown={onKeyDown}
        />
        {suggestions.words.length > 0 && (
          <div id={`${id}-words`} className={classes.words} role="listbox" aria-label={t('formula.suggestions')}>
            {suggestions.words.map((word, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text above
              <div
                key={word.insert}
                id={`${id}-word-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === suggestions.active}
                // Pressing must not take the focus from the text.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => insert(word.insert)}
              >
                <code>{word.insert}</code>
                <span>{word.explanation}</span>
              </div>
            ))}
          </div>
        )}
      </div>
      <div id={`${id}-said`} aria-live="polite">
        {problems.map(({ message, position }) => (
          <p key={`${position?.start} ${message}`} className={classes.problem}>
            {position ? (
              <Anchor component="button" type="button" inherit onClick={() => show(position)}>
                {t('formula.problemAt', { place: position.start + 1, message })}
              </Anchor>
            ) : (
              message
            )}
          </p>
        ))}
      </div>
      {!withoutResult && (
        <FormulaResult
          object={object}
          check={isCurrent && problems.length === 0 && expression.trim() ? check.data : undefined}
          expression={expression}
          onChange={onChange}
          recordId={recordId}
          onRecord={setRecordId}
        />
      )}
      <FormulaNames check={check.data} onChoose={insert} />
    </Input.Wrapper>
  )
}

interface Word {
  insert: string
  explanation: string
}

/** Names and functions that begin as what is typed does, and the keys that choose among them. */
function useSuggestions(value: string, check: FormulaCheck | undefined) {
  const { t } = useTranslation('modelling')
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const known: Word[] = [
    ...(check?.names ?? []).map(({ name, label, type }) => ({
      insert: name,
      explanation: `${label} · ${t(`settings:type.${type}.name`)}`,
    })),
    ...(check?.functions ?? []).map(({ name, help }) => ({ insert: `${name}()`, explanation: help })),
  ]
  const matching = known.filter(({ insert, explanation }) =>
    insert.toLowerCase().startsWith(typed) || explanation.toLowerCase().startsWith(typed) ? insert !== typed : false,
  )
  const words = typed.length > 0 && value ? matching.slice(0, mostSuggested) : []
  const close = () => setTyped('')
  const step = (by: number) => () => {
    setActive((active + by + words.length) % words.length)
    return undefined
  }
  const choose = () => words[active]?.insert
  const actions: Record<string, () => string | undefined> = {
    ArrowDown: step(1),
    ArrowUp: step(-1),
    Enter: choose,
    Tab: choose,
    Escape: () => {
      close()
      return undefined
    },
  }
  return {
    words,
    active,
    close,
    look: (text: string, cursor: number) => {
      const { start, end } = wordAt(text, cursor)
      setTyped(text.slice(start, end).toLowerCase())
      setActive(0)
    },
    actionOf: (key: string) => (words.length > 0 ? actions[key] : undefined),
  }
}
