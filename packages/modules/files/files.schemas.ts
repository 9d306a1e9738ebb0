/** What files and uploads look like on the wire, and what their names may be. */
import { z } from 'zod'
import { shownAs } from './content-type.ts'
import { fieldOf } from './field-files.ts'
import { largestFile, mostFiles, type PlacedFile } from './files.service.ts'
import type { VersionRow } from './files.store.ts'

const controls = /\p{Cc}/u
const namePart = (text: string): boolean =>
  text.isWellFormed() && !controls.test(text) && !/[/\\]/.test(text) && text !== '.' && text !== '..'

export const fileName = z
  .string({ error: 'is required' })
  .trim()
  .min(1, 'cannot be empty')
  .max(200, 'takes at most 200 characters')
  .refine(namePart, 'must not hold slashes or control characters')

/** `Contracts/2026`; empty for the top. */
export const folderName = z
  .string()
  .trim()
  .max(400, 'takes at most 400 characters')
  .refine(
    (text) => text === '' || text.split('/').every((part) => part.trim() !== '' && namePart(part)),
    'must be names joined by slashes, such as “Contracts/2026”',
  )

export const uploadInput = {
  name: fileName,
  size: z
    .int({ error: 'must be the number of bytes' })
    .min(0, 'cannot be negative')
    .max(largestFile, `can be at most ${largestFile.toLocaleString('en')} bytes`),
  folder: folderName.default(''),
  fileId: z.uuid('must be the id of a file').optional().describe('Makes it a new version of that file'),
}

const person = z.object({
  id: z.uuid().nullable().describe('Null where it came by a form, from somebody without an account'),
  name: z.string().nullable(),
})

export const recordFile = z
  .object({
    id: z.uuid(),
    object: z.string(),
    recordId: z.uuid().nullable().describe('Null while no record holds what was uploaded for a field'),
    field: z.string().nullable().describe('The field that holds it; null for the files of the record itself'),
    name: z.string(),
    folder: z.string().describe('Names joined by slashes; empty at the top'),
    type: z.string().describe('Read from the content'),
    size: z.int(),
    version: z.int(),
    showable: z.boolean().describe('Whether a browser may show it'),
    thumbnail: z.boolean().describe('Whether there is a small picture of it'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime().describe('When the latest version came'),
    updatedBy: person,
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RecordFile' })

export const fileWithVersions = recordFile
  .extend({
    versions: z.array(
      z.object({
        version: z.int(),
        type: z.string(),
        size: z.int(),
        showable: z.boolean(),
        createdAt: z.iso.datetime(),
        createdBy: person,
      }),
    ),
  })
  .meta({ id: 'RecordFileWithVersions' })

export const fieldUploadInput = {
  fieldId: z.uuid({ error: 'must be the id of a field' }).describe('A field of the type file'),
  name: uploadInput.name,
  size: uploadInput.size,
}

export const upload = z
  .object({ id: z.uuid(), offset: z.int().describe('How many bytes are there'), size: z.int() })
  .meta({ id: 'FileUpload' })

/** What a link to an archive has room to name. */
const mostNamed = 200

const fileIds = z.array(z.uuid('must be ids of files'), { error: 'must be a list of ids of files' }).min(1, 'is empty')

export const selectedFiles = fileIds.max(mostFiles, `takes at most ${mostFiles.toLocaleString('en')} files at once`)

export const archivedFiles = fileIds.max(
  mostNamed,
  `takes at most ${mostNamed} files; without a list the archive has all files of the record`,
)

export const present = (placed: PlacedFile): z.input<typeof recordFile> => ({
  id: placed.file.id,
  object: placed.object.slug,
  recordId: placed.recordId,
  field: fieldOf(placed.object, placed.file)?.key ?? null,
  name: placed.file.name,
  folder: placed.file.folder,
  type: placed.file.type,
  size: placed.file.size,
  version: placed.file.number,
  showable: shownAs(placed.file.type) !== undefined,
  thumbnail: placed.file.thumbnail,
  createdAt: placed.file.created_at,
  updatedAt: placed.file.updated_at,
  updatedBy: { id: placed.file.updated_by, name: placed.file.updated_by_name },
  deletedAt: placed.file.deleted_at,
})

export const presentVersion = (row: VersionRow) => ({
  version: row.number,
  type: row.type,
  size: row.size,
  showable: shownAs(row.type) !== undefined,
  createdAt: row.created_at,
  createdBy: { id: row.created_by, name: row.created_by_name },
})
