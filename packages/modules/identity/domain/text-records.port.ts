/** The TXT records of a domain, as whoever may write them has written them. */
export interface TextRecords {
  /**
   * The records at this name; none where there is nothing.
   *
   * @throws DnsUnreachable when nobody answered.
   */
  read(name: string): Promise<string[]>
}

/** No answer came, or none that says anything: another try may do better. */
export class DnsUnreachable extends Error {}
