import { useEffect, useRef } from 'react'

/**
 * Marks an input whose text stands for no value, as the browser marks what is invalid: forms and cells ask before they
 * save, so that such a text is neither lost nor passed over.
 */
export function useUnread<Input extends HTMLInputElement | HTMLTextAreaElement>(message: string | undefined) {
  const input = useRef<Input>(null)
  useEffect(() => input.current?.setCustomValidity(message ?? ''), [message])
  return input
}

/** The first input within whose text could not be read; it says so itself. */
export function unreadInput(within: Element | null): HTMLElement | undefined {
  const inputs = within?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea') ?? []
  return [...inputs].find(({ validity }) => validity.customError)
}
