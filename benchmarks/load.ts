/** A closed loop: each connection sends its next request when the answer to the last has come. */
import http from 'node:http'

export interface Call {
  method: string
  path: string
  body?: unknown
}

export interface Measured {
  perSecond: number
  p50: number
  p95: number
  p99: number
  requests: number
}

export interface Target {
  port: number
  headers: Record<string, string>
}

export async function measure(
  target: Target,
  next: () => Call,
  options: { connections: number; seconds: number },
): Promise<Measured> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: options.connections })
  const times: number[] = []
  const started = performance.now()
  const until = started + options.seconds * 1_000
  const connection = async () => {
    while (performance.now() < until) {
      const sent = performance.now()
      await send(agent, target, next())
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: options.connections }, connection))
  const elapsed = (performance.now() - started) / 1_000
  agent.destroy()
  return summarize(times, elapsed)
}

function summarize(times: number[], elapsed: number): Measured {
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: times.length / elapsed, p50: at(0.5), p95: at(0.95), p99: at(0.99), requests: times.length }
}

/** Sends one request; any answer but a success stops the run, for it would measure the wrong thing. */
export function send(agent: http.Agent, target: Target, call: Call): Promise<Buffer> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const headers = {
    ...target.headers,
    ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
  }
  return new Promise((resolve, reject) => {
    const request = http.request(
      { agent, host: '127.0.0.1', port: target.port, method: call.method, path: call.path, headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const answer = Buffer.concat(chunks)
          if (response.statusCode && response.statusCode < 300) resolve(answer)
          else
            reject(new Error(`${call.method} ${call.path}: ${response.statusCode} ${answer.toString().slice(0, 300)}`))
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
