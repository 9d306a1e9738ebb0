/** The door of the files module: where files lie, for whoever keeps some. */
export type { FileStorage, LocalFile, StoredSize } from './storage.port.ts'
