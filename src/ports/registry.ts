/** Whether an image can still be pulled. Only a proper 404 is `gone`; everything else that is not a yes is `unknown`. */
export type ImageState =
  /** `digest` is what the reference stands for now; another than the one asked about means that the tag was moved. */
  | { readonly state: 'present'; readonly digest: string; readonly checkedAt: string }
  | { readonly state: 'gone'; readonly checkedAt: string }
  | {
      readonly state: 'unknown'
      readonly why: 'no-registry' | 'no-permission' | 'unreachable' | 'not-understood'
      readonly checkedAt: string
    }

export interface Registry {
  /**
   * Looks for what a node would pull: `reference` as in a pod spec, by its digest if it has one, else by its tag. `digest` is what
   * the tag stood for, where somebody saw it run. Answers may be some minutes old. Never throws.
   */
  look(reference: string, digest: string | undefined, signal: AbortSignal): Promise<ImageState>
}
