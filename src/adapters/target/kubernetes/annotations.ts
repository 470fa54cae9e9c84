/** The step's key, on the workload: what `recall` looks for. */
export const keyAnnotation = 'astern.dev/rollback-key'
/** `<template digest> <ISO instant>`: since when a restored template is back, as creation times do not tell. */
export const restoredAnnotation = 'astern.dev/restored'
/** On a pod template: the drill whose bad release it is. Part of the template, so that it is never taken for a release of anybody's. */
export const drillAnnotation = 'astern.dev/drill'
export const byAnnotation = 'astern.dev/by'
export const runAnnotation = 'astern.dev/run'
export const runUrlAnnotation = 'astern.dev/run-url'
/** https://kubernetes.io/docs/reference/labels-annotations-taints/#change-cause */
export const causeAnnotation = 'kubernetes.io/change-cause'

const ourCause = 'astern: '
export const isOurCause = (cause: string | undefined): boolean => cause?.startsWith(ourCause) ?? false

/** What annotations tell of a release. */
export interface Told {
  readonly key?: string
  readonly restored?: { readonly digest: string; readonly at: string }
  readonly changeCause?: string
  readonly by?: string
  readonly run?: { readonly title: string; readonly url?: string }
}

type Annotations = Readonly<Record<string, string>>

/** Reads the annotations of a workload or revision, those of the pod template behind them. */
export function toldBy(own: Annotations, template: Annotations): Told {
  const get = (name: string) => own[name] || template[name]
  const [digest, at] = (own[restoredAnnotation] ?? '').split(' ')
  const cause = get(causeAnnotation)
  const by = get(byAnnotation) ?? get('azure-pipelines/createdby')
  const key = own[keyAnnotation]
  const title = get(runAnnotation) ?? get('azure-pipelines/run')
  const url = webAddress(get(runUrlAnnotation) ?? get('azure-pipelines/runuri'))
  return {
    ...(key && { key }),
    ...(digest && at && { restored: { digest, at } }),
    ...(cause && { changeCause: withoutValues(cause).slice(0, 300) }),
    ...(by && { by: by.slice(0, 120) }),
    ...((title || url) && { run: { title: (title ?? url ?? '').slice(0, 120), ...(url && { url }) } }),
  }
}

/** What annotations are to tell of the release that was restored. */
export interface Restored {
  readonly version: string
  readonly drill?: string | undefined
  readonly by?: string | undefined
  readonly run?: { readonly title: string; readonly url?: string | undefined } | undefined
}

/** What `apply` writes so that the annotations tell of the release that is now there; null removes. */
export function telling(release: Restored, key: string, digest: string, at: string): Record<string, string | null> {
  return {
    [keyAnnotation]: key,
    [restoredAnnotation]: `${digest} ${at}`,
    [causeAnnotation]: `${ourCause}${release.drill === undefined ? `back to ${release.version}` : `drill ${release.drill}`}`,
    [byAnnotation]: release.by ?? null,
    [runAnnotation]: release.run?.title ?? null,
    [runUrlAnnotation]: release.run?.url ?? null,
  }
}

/** `kubectl … --record` and its imitators put whole command lines there: what follows an `=` may be a secret. */
const withoutValues = (cause: string): string => (/\bset image\b/.test(cause) ? cause : cause.replace(/=\S+/g, '=…'))

function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text)
  return url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined
}
