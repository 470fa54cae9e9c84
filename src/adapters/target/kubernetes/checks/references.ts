import { asObject, containersOf, objectsOf, type Template, textOf } from '../template.ts'
import type { JsonObject } from '../wire.ts'

/** A ConfigMap or Secret that pods of a template need before they can start. */
export interface Needed {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly name: string
  readonly keys: readonly string[]
}

/** All that is not marked optional, each object once. Fields: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function neededBy(template: Template): Needed[] {
  const found = new Map<string, { kind: Needed['kind']; name: string; keys: Set<string> }>()
  const need = (kind: Needed['kind'], name: string, keys: readonly string[], from: JsonObject) => {
    if (name === '' || from.optional === true) return
    const entry = found.get(`${kind}/${name}`) ?? { kind, name, keys: new Set<string>() }
    for (const key of keys) if (key !== '') entry.keys.add(key)
    found.set(`${kind}/${name}`, entry)
  }
  const itemKeys = (from: JsonObject) => objectsOf(from.items).map((item) => textOf(item.key))

  for (const container of containersOf(template)) {
    for (const entry of objectsOf(container.env)) {
      const { configMapKeyRef, secretKeyRef } = asObject(entry.valueFrom)
      const [map, secret] = [asObject(configMapKeyRef), asObject(secretKeyRef)]
      need('ConfigMap', textOf(map.name), [textOf(map.key)], map)
      need('Secret', textOf(secret.name), [textOf(secret.key)], secret)
    }
    for (const source of objectsOf(container.envFrom)) {
      const [map, secret] = [asObject(source.configMapRef), asObject(source.secretRef)]
      need('ConfigMap', textOf(map.name), [], map)
      need('Secret', textOf(secret.name), [], secret)
    }
  }
  for (const volume of objectsOf(asObject(template.spec).volumes)) {
    const sources = [volume, ...objectsOf(asObject(volume.projected).sources)]
    for (const source of sources) {
      const [map, secret] = [asObject(source.configMap), asObject(source.secret)]
      need('ConfigMap', textOf(map.name), itemKeys(map), map)
      // A volume says secretName, a projected source says name.
      need('Secret', textOf(secret.secretName) || textOf(secret.name), itemKeys(secret), secret)
    }
  }
  return [...found.values()].map(({ kind, name, keys }) => ({ kind, name, keys: [...keys].sort() }))
}
