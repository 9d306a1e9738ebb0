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
  const isWaiting = useRef(false)
  const isMarking = typed.trim() !== '' && !searching

  useEffect(() => {
    if (!isMarking || !isWaiting.current) return
    isWaiting.current = false
    markedOption(input.current)?.click()
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
      isWaiting.current = searching
      // For a moment after a letter nothing is marked: whoever types fast means the first all the same.
      if (!searching && !markedOption(event.currentTarget))
        optionsOf(event.currentTarget)?.querySelector<HTMLElement>(option)?.click()
    },
    onOptionSubmit: (value: string) => {
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

const option = '[role="option"]:not([data-combobox-disabled])'

const optionsOf = (input: HTMLInputElement | null): HTMLElement | null =>
  document.getElementById(input?.getAttribute('aria-controls') ?? '')

const markedOption = (input: HTMLInputElement | null): HTMLElement | null =>
  optionsOf(input)?.querySelector<HTMLElement>('[data-combobox-selected]') ?? null
