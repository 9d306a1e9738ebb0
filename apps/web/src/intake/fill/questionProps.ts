import type { AskedQuestion } from '@oneforge/client'
import type { Answering, Given } from './asked.ts'
import type { Uploads } from './useUploads.ts'

/** What draws one question of a form. */
export interface QuestionProps {
  question: AskedQuestion
  uploads: Uploads
  given: Given
  error: string | undefined
  onChange: (answer: Answering) => void
}
