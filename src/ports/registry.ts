/** Whether an image can still be pulled. Only a proper 404 is `gone`; everything else that is not a yes is `unknown`. */
export type ImageState =
  | { readonly state: 'present'; readonly digest: string; readonly checkedAt: string }
  | { readonly state: 'gone'; readonly checkedAt: string }
  | {
      readonly state: 'unknown'
      readonly why: 'no-registry' | 'no-permission' | 'unreachable' | 'not-understood'
      readonly checkedAt: string
    }

export interface Registry {
  /** `reference` as in a pod spec, with or without a digest. Never throws. */
  look(reference: string, digest: string | undefined, signal: AbortSignal): Promise<ImageState>
}
