import { type FocusEvent, type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'

interface FirstMatch {
  searching?: boolean | undefined
  onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined
  onBlur?: ((event: FocusEvent<HTMLInputElement>) => void) | undefined
  onOptionSubmit?: ((value: string) => void) | undefined
}

/**
 * What typing into a list of choices means: the first match is marked, Enter takes it, and never does Enter send the form
 * or end the edit over the head of what was typed. Pressed before the server has answered, it takes the first of the
 * answer. Without a text nothing is marked, so that Enter after a choice goes on to the form.
 */
export function useFirstMatch({ searching = false, onKeyDown, onBlur, onOptionSubmit }: FirstMatch) {
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  /** Enter was pressed, and nothing has been taken so far. */
  const isWaiting = useRef(false)
  const isMarking = typed.trim() !== '' && !searching

  function takeFirst() {
    if (!isWaiting.current) return
    isWaiting.current = false
    firstOption(input.current)?.click()
  }

  useEffect(() => {
    if (isMarking) takeFirst()
  }, [isMarking])

  return {
    selectFirstOptionOnChange: isMarking,
    onInput: (event: FormEvent<HTMLInputElement>) => {
      input.current = event.currentTarget
      isWaiting.current = false
      setTyped(event.currentTarget.value)
    },
    onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => {
      onKeyDown?.(event)
      if (event.key !== 'Enter' || typed.trim() === '' || event.nativeEvent.isComposing) return
      event.preventDefault()
      isWaiting.current = true
      // The list takes the option it has marked itself, right after this. For a moment after a letter it has none.
      if (!searching) queueMicrotask(takeFirst)
    },
    onOptionSubmit: (value: string) => {
      isWaiting.current = false
      setTyped('')
      onOptionSubmit?.(value)
    },
    onBlur: (event: FocusEvent<HTMLInputElement>) => {
      isWaiting.current = false
      setTyped('')
      onBlur?.(event)
    },
  }
}

function firstOption(input: HTMLInputElement | null): HTMLElement | null {
  const list = document.getElementById(input?.getAttribute('aria-controls') ?? '')
  return list?.querySelector<HTMLElement>('[role="option"]:not([data-combobox-disabled])') ?? null
}
