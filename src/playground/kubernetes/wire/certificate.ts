import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export interface Certificate {
  /** PEM */
  key: string
  /** PEM; its own authority. */
  cert: string
}

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const size = body.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const octets = (body: Buffer): Buffer => der(0x04, body)
const bits = (body: Buffer): Buffer => der(0x03, Buffer.from([0]), body)
const yes = Buffer.from([0x01, 0x01, 0xff])

const identifier = (text: string): Buffer => {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const base128 = (value: number): number[] =>
    value < 128 ? [value] : [...base128(value >> 7).map((byte) => byte | 0x80), value & 0x7f]
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

const time = (ms: number): Buffer => der(0x18, Buffer.from(new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')))

/** A self-signed X.509 v3 certificate (RFC 5280) for 127.0.0.1 and localhost; Node has no maker of these. */
export function selfSigned(nowMs: number): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'))
  const name = sequence(der(0x31, sequence(identifier('2.5.4.3'), der(0x0c, Buffer.from('playground')))))
  const hour = 3_600_000
  const extension = (id: string, body: Buffer, critical = false): Buffer =>
    sequence(identifier(id), ...(critical ? [yes] : []), octets(body))
  const extensions = sequence(
    extension('2.5.29.19', sequence(yes), true),
    extension('2.5.29.15', der(0x03, Buffer.from([2, 0x84])), true),
    extension('2.5.29.37', sequence(identifier('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))),
  )
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1]), randomBytes(8)),
    ecdsaWithSha256,
    name,
    sequence(time(nowMs - 24 * hour), time(nowMs + 365 * 24 * hour)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions),
  )
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, privateKey)))
  const lines = whole.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}
