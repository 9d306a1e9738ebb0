import type { AskedQuestion, FormDoor } from '@oneforge/client'
import type { Given } from './asked.ts'

/** What draws one question of a form. */
export interface QuestionProps {
  question: AskedQuestion
  /** Of the form that was opened: what files are sent with. */
  proof: () => Promise<{ token: string; proof?: number }>
  door: FormDoor
  given: Given
  error: string | undefined
  onChange: (next: Partial<Given>) => void
}
