/** The fetch of the platform, passed in so that tests and proxies can stand between. */
export type Fetch = (input: string | URL, init?: RequestInit) => Promise<Response>
