/** The SQL of links that were sent to a person. Every transaction here is bound to the user whose they are. */
import { sql, type Transaction } from '@oneforge/kernel/database'

export type AccountLinkPurpose = 'verification' | 'password-reset'

/** Keeps a link in place of earlier ones for the same purpose, which are void then. */
export async function replaceLink(
  tx: Transaction,
  link: { userId: string; purpose: AccountLinkPurpose; tokenHash: string; email: string },
  times: { now: Date; expiresAt: Date },
): Promise<void> {
  await tx.batch([
    sql`delete from account_links where user_id = ${link.userId} and purpose = ${link.purpose}`,
    sql`insert into account_links (token_hash, user_id, purpose, email, created_at, expires_at)
        values (${link.tokenHash}, ${link.userId}, ${link.purpose}, ${link.email}, ${times.now}, ${times.expiresAt})`,
  ])
}

/** Uses the link up and gives the address that it was sent to; undefined when it is void. */
export async function useLink(
  tx: Transaction,
  link: { purpose: AccountLinkPurpose; tokenHash: string },
  now: Date,
): Promise<string | undefined> {
  const [row] = await tx.query<{ email: string }>(sql<{ email: string }>`
    update account_links set used_at = ${now}
    where token_hash = ${link.tokenHash} and purpose = ${link.purpose} and used_at is null and expires_at > ${now}
    returning email`)
  return row?.email
}
