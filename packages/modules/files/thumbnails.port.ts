/** Whoever draws small pictures of files. */
export interface ThumbnailDrawer {
  /** Whether files of the type have one. */
  draws(type: string): boolean
  /**
   * A small picture as WebP, of a document its first page; undefined where the file turns out to be none, or to cost more
   * than a picture may.
   *
   * @param path of the whole file on this machine.
   */
  draw(path: string, type: string): Promise<Uint8Array | undefined>
}
