import { Text } from '@mantine/core'
import { type Person, shownParts } from './mentionText.ts'

/** A text with the people who are mentioned in it, by the names they have now. */
export function MentionedText({ body, people }: { body: string; people: Person[] }) {
  let place = 0
  return shownParts(body, people).map((part) => {
    place += 1
    if (typeof part === 'string') return part
    return (
      <Text key={`${place} ${part.id}`} span inherit fw={600} c="var(--mantine-primary-color-light-color)">
        @{part.name}
      </Text>
    )
  })
}
