/** By what merge fields are put into the text that had the focus last. */
export type Focused = (insert: (text: string) => void) => void
