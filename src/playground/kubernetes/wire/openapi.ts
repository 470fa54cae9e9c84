import type { JsonObject } from '../json.ts'
import { allResources } from '../resources.ts'

const paths = new Map(
  [...new Set(allResources.map((each) => each.apiVersion))].map((apiVersion) => [
    apiVersion === 'v1' ? 'api/v1' : `apis/${apiVersion}`,
    apiVersion,
  ]),
)

/** Only what kubectl looks for: that PATCH knows `fieldValidation`, so that it lets the server validate. */
function document(path: string, apiVersion: string): JsonObject {
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation', 'force'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }))
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  const entries = allResources
    .filter((each) => each.apiVersion === apiVersion && each.stored)
    .map((each) => {
      const gvk = { group: group ?? '', version: version ?? '', kind: each.kind }
      const operation = {
        parameters,
        responses: {},
        'x-kubernetes-action': 'patch',
        'x-kubernetes-group-version-kind': gvk,
      }
      const scope = each.namespaced ? 'namespaces/{namespace}/' : ''
      return [`/${path}/${scope}${each.plural}/{name}`, { patch: operation }] as const
    })
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.37.2' },
    paths: Object.fromEntries(entries),
    components: { schemas: {} },
  }
}

/** The OpenAPI v3 index, or one group's document. */
export function openApiAt(path: string): JsonObject | undefined {
  if (path === '/openapi/v3') {
    const entries = [...paths.keys()].map(
      (each) => [each, { serverRelativeURL: `/openapi/v3/${each}?hash=playground` }] as const,
    )
    return { paths: Object.fromEntries(entries) }
  }
  const group = path.startsWith('/openapi/v3/') ? path.slice('/openapi/v3/'.length) : ''
  const apiVersion = paths.get(group)
  return apiVersion === undefined ? undefined : document(group, apiVersion)
}
