/** Whoever draws small pictures of files. */
export interface ThumbnailDrawer {
  /** Whether files of the type have one. */
  draws(type: string): boolean
  /**
   * A small picture as WebP, undefined where the file turns out not to be one, or to cost more than a picture may.
   *
   * @param path of the whole file on this machine.
   */
  draw(path: string): Promise<Uint8Array | undefined>
}
