import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** People and programs that the API server knows by bearer token. All but `visitor` may do everything. */
const users = ['admin', 'kube-controller-manager', 'kube-scheduler', 'kwok', 'visitor'] as const
type User = (typeof users)[number]

/** Writes `sa.key` and `tokens.csv` into the folder and returns the tokens. */
export async function writeCredentials(dir: string): Promise<Readonly<Record<User, string>>> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  await writeFile(join(dir, 'sa.key'), privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 })
  const token = () => randomBytes(24).toString('hex')
  const tokens: Record<User, string> = {
    admin: token(),
    'kube-controller-manager': token(),
    'kube-scheduler': token(),
    kwok: token(),
    visitor: token(),
  }
  const rows = users.map((user) => `${tokens[user]},${user},${user}${user === 'visitor' ? '' : ',system:masters'}`)
  await writeFile(join(dir, 'tokens.csv'), `${rows.join('\n')}\n`, { mode: 0o600 })
  return tokens
}

/** Writes `<name>.kubeconfig` for a bearer token into the folder and returns its path. */
export async function writeKubeconfig(dir: string, url: string, name: string, token: string): Promise<string> {
  const file = join(dir, `${name}.kubeconfig`)
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'control-plane',
    contexts: [{ name: 'control-plane', context: { cluster: 'control-plane', user: name } }],
    // The server's own certificate, followed by the authority that signed it.
    clusters: [
      { name: 'control-plane', cluster: { server: url, 'certificate-authority': join(dir, 'certs', 'apiserver.crt') } },
    ],
    users: [{ name, user: { token } }],
  }
  await writeFile(file, stringify(config), { mode: 0o600 })
  return file
}
