const offset = 14_695_981_039_346_656_037n
const prime = 1_099_511_628_211n
const separator = 255

/** FNV-1a over the sorted labels, in 16 hex digits: `LabelSet.Fingerprint` of prometheus/common. */
export function fingerprint(labels: Readonly<Record<string, string>>): string {
  let sum = offset
  const add = (byte: number): void => {
    sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * prime)
  }
  for (const name of Object.keys(labels).sort())
    for (const text of [name, labels[name] ?? '']) {
      for (const byte of Buffer.from(text)) add(byte)
      add(separator)
    }
  return sum.toString(16).padStart(16, '0')
}
