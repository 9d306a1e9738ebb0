const beginnings = [
  { type: 'image/png', bytes: '89504e470d0a1a0a' },
  { type: 'image/jpeg', bytes: 'ffd8ff' },
  { type: 'image/gif', bytes: '47494638' },
]

/** What the picture is by its first bytes, whatever its name says; undefined for what mail programs do not show. */
export const pictureType = (content: Buffer): string | undefined =>
  beginnings.find(({ bytes }) => content.toString('hex', 0, bytes.length / 2) === bytes)?.type
