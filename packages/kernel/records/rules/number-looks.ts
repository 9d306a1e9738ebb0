/** Looks at numbers before the tenant's turn is taken: what they have found, and how a change asks for one. */
import type { Transaction } from '../../database/index.ts'

/** The greatest counter in each scope. */
export type Greatest = Map<string, bigint>

/** What was found by a look before the turn. */
export interface Seen {
  greatest: Greatest
  /** Numbers given from then on may have been missed: a time as PostgreSQL writes it. */
  since: string
  /** How many records were given their numbers before that. If they have become more, the look has missed some. */
  older: number
}

/** What was looked at before the turn, by sequence and pattern. */
export type NumbersSeen = Map<string, Seen>

/** A change that holds the turn needs numbers which it is to look at before: take it back, look, and run it again. */
export class NumbersUnseen extends Error {
  /** Looks, in a transaction that holds nothing, and notes what it has found in the context's `numbersSeen`. */
  readonly look: (tx: Transaction) => Promise<void>

  constructor(look: (tx: Transaction) => Promise<void>) {
    super('The numbers of the records are to be looked at before the change.')
    this.name = 'NumbersUnseen'
    this.look = look
  }
}
