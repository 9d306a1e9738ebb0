import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

/** What is said of the environment, line by line. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
}

describe('the environment', () => {
  it('may say nothing at all', () => {
    expect(readConfig({})).toMatchObject({
      defaultPlan: 'enterprise',
      trialDays: undefined,
      auditMonths: 84,
      dnsServers: [],
      trustedProxies: [],
    })
    // As .env.example leaves them.
    expect(readConfig({ OF_TRIAL_DAYS: '', OF_DNS_SERVERS: ' ' })).toMatchObject({
      trialDays: undefined,
      dnsServers: [],
    })
  })

  it('says how long trials last, how long the log is kept and who is asked about domains', () => {
    const environment = {
      OF_TRIAL_DAYS: '30',
      OF_AUDIT_MONTHS: '12',
      OF_DNS_SERVERS: '9.9.9.9, 127.0.0.1:5353,[::1]:53,2620:fe::fe',
    }
    expect(readConfig(environment)).toMatchObject({
      trialDays: 30,
      auditMonths: 12,
      dnsServers: ['9.9.9.9', '127.0.0.1:5353', '[::1]:53', '2620:fe::fe'],
    })
  })

  it('says where mail arrives', () => {
    const environment = { OF_MAIL_IN_PORT: '2525', OF_MAIL_IN_DOMAIN: 'Log.Example.com' }
    expect(readConfig(environment)).toMatchObject({ mailIn: { port: 2525, domain: 'log.example.com' } })
    expect(readConfig({}).mailIn).toBeUndefined()
    for (const half of [{ OF_MAIL_IN_DOMAIN: 'me@example.com' }, { OF_MAIL_IN_PORT: '' }, { OF_MAIL_IN_DOMAIN: '' }]) {
      expect(() => readConfig({ ...environment, ...half })).toThrow(
        /^OF_MAIL_IN_PORT and OF_MAIL_IN_DOMAIN go together/,
      )
    }
  })

  it('names a bucket with all that it takes, or none', () => {
    const bucket = { OF_S3_BUCKET: 'files', OF_S3_ACCESS_KEY_ID: 'key', OF_S3_SECRET_ACCESS_KEY: 'secret' }
    const s3 = { bucket: 'files', accessKeyId: 'key', secretAccessKey: 'secret' }
    expect(readConfig(bucket).s3).toEqual({
      ...s3,
      region: 'us-east-1',
      endpoint: 'https://s3.us-east-1.amazonaws.com',
    })
    expect(readConfig({ ...bucket, OF_S3_ENDPOINT: 'http://minio:9000' }).s3!.endpoint).toBe('http://minio:9000')
    expect(readConfig({}).s3).toBeUndefined()
    expect(() => readConfig({ ...bucket, OF_S3_SECRET_ACCESS_KEY: '' })).toThrow(/^To keep files in a bucket, set/)
    expect(() => readConfig({ ...bucket, OF_S3_ENDPOINT: 'minio:9000' })).toThrow(/^OF_S3_ENDPOINT is “minio:9000”/)
  })

  const wrong: Record<string, string[]> = {
    PORT: ['http', '0', '70000'],
    OF_POOL_SIZE: ['1', 'many'],
    OF_TRIAL_DAYS: ['0', '-1', '1.5', 'a month'],
    OF_AUDIT_MONTHS: ['11', 'ever'],
    OF_DEFAULT_PLAN: ['golden'],
    OF_REGISTRATION: ['maybe'],
    OF_PROCESS: ['half'],
    OF_LOG_LEVEL: ['loud'],
    OF_DNS_SERVERS: ['dns.example.com', '9.9.9.9:0', '9.9.9.9:99999', '9.9.9'],
    OF_TRUSTED_PROXIES: ['10.0.0.0/99'],
    OF_BASE_URL: ['crm.example.com'],
    OF_SMTP_URL: ['mail.example.com'],
    OF_MAIL_FROM: ['nobody'],
    OF_MASTER_KEY: ['secret'],
    DATABASE_URL: ['mysql://localhost/crm'],
  }

  it.each(Object.entries(wrong))('names what is wrong with %s in one line that says what to set', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value })
      expect(problems, `${name}=${value}`).toHaveLength(1)
      expect(problems[0]).toContain(name)
      expect(problems[0]).toMatch(/set |must /)
    }
  })

  it('gets a line for each mistake', () => {
    const environment = Object.fromEntries(Object.entries(wrong).map(([name, [value]]) => [name, value!]))
    const problems = problemsOf(environment)
    expect(problems).toHaveLength(Object.keys(wrong).length)
    for (const name of Object.keys(wrong)) expect(problems.filter((line) => line.startsWith(name))).toHaveLength(1)
  })
})
