import type { FileValue } from '@oneforge/client'

/** Of the small picture of a file. It names the version, so that the browser keeps the picture until there is a newer one. */
export const thumbnailAddress = ({ id, version }: Pick<FileValue, 'id' | 'version'>): string =>
  `/api/v1/files/${id}/thumbnail?version=${version}`
