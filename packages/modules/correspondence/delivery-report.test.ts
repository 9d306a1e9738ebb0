import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { deliveryReportIn } from './delivery-report.ts'

const reportOf = async (fields: string) => {
  const head = 'From: mx@example.org\r\nContent-Type: multipart/report; boundary="b"\r\n\r\n'
  const part = `--b\r\nContent-Type: message/delivery-status\r\n\r\n${fields}\r\n--b--\r\n`
  return deliveryReportIn(await PostalMime.parse(head + part))
}
const failed = (status: string, rest = '') =>
  reportOf(`Final-Recipient: rfc822; Gone@example.org \r\nAction: failed\r\nStatus: ${status}\r\n${rest}`)

describe('a delivery report', () => {
  it('says which address, and why, of folded lines', async () => {
    expect(await failed('5.1.1', 'Diagnostic-Code: smtp; 550 5.1.1 \r\n User unknown\r\n')).toEqual({
      header: undefined,
      address: 'gone@example.org',
      isPermanent: true,
      reason: '550 5.1.1 User unknown',
    })
    expect(await reportOf('Action: delayed\r\nStatus: 4.4.1')).toBeUndefined()
  })

  it.each([
    ['5.1.0', true],
    ['5.1.1 (bad destination)', true],
    ['5.1.3', true],
    ['5.1.6', true],
    ['5.1.10', true],
    ['5.2.1', true],
    ['5.0.0', false],
    ['5.1.4', false],
    ['5.1.8', false],
    ['5.1.11', false],
    ['5.2.2', false],
    ['5.2.3', false],
    ['5.4.4', false],
    ['5.7.1', false],
    ['4.2.1', false],
  ])('with status %s speaks for good of the address: %s', async (status, isPermanent) => {
    expect(await failed(status)).toMatchObject({ isPermanent })
  })

  it('of nothing but blanks is read at once', async () => {
    const began = performance.now()
    expect(await failed('5.1.1', `Diagnostic-Code: ${' \t'.repeat(100_000)}x\r\n`)).toMatchObject({ reason: '' })
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})
