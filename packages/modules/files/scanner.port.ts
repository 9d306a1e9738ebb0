/** Whoever looks into files before anybody can fetch them. Without one, files are kept as they come. */
export interface FileScanner {
  /** @returns what was found, in words for people; undefined for a file that may stay. */
  scan(file: { name: string; type: string; content: AsyncIterable<Uint8Array> }): Promise<string | undefined>
}
