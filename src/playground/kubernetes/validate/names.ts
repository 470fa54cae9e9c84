import type { Cause } from '../status-error.ts'

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/

export const required = (field: string, message = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: message === '' ? 'Required value' : `Required value: ${message}`,
  field,
})

export const invalidValue = (field: string, value: unknown, message: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${typeof value === 'object' ? JSON.stringify(value) : typeof value === 'string' ? JSON.stringify(value) : String(value)}: ${message}`,
  field,
})

export const duplicate = (field: string, value: string): Cause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: ${JSON.stringify(value)}`,
  field,
})

export const forbiddenField = (field: string, message: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${message}`,
  field,
})

export const notSupported = (field: string, value: unknown, supported: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported.map((each) => `"${each}"`).join(', ')}`,
  field,
})

const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const subdomainRule =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
const valueRule =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
const keyRule =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

export function checkLabelName(field: string, name: string): Cause[] {
  if (name === '') return [required(field)]
  const problems: Cause[] = []
  if (name.length > 63) problems.push(invalidValue(field, name, 'must be no more than 63 bytes'))
  if (!label.test(name)) problems.push(invalidValue(field, name, labelRule))
  return problems
}

export function checkSubdomainName(field: string, name: string): Cause[] {
  const problems: Cause[] = []
  if (name.length > 253) problems.push(invalidValue(field, name, 'must be no more than 253 bytes'))
  if (!subdomain.test(name)) problems.push(invalidValue(field, name, subdomainRule))
  return problems
}

function checkKey(field: string, key: string): Cause[] {
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? undefined : key.slice(0, slash)
  const name = slash < 0 ? key : key.slice(slash + 1)
  const problems: Cause[] = []
  if (prefix !== undefined && !subdomain.test(prefix))
    problems.push(invalidValue(field, key, `prefix part ${subdomainRule}`))
  if (name.length > 63) problems.push(invalidValue(field, key, 'name part must be no more than 63 bytes'))
  if (!qualifiedName.test(name)) problems.push(invalidValue(field, key, keyRule))
  return problems
}

export function checkLabels(field: string, labels: Readonly<Record<string, unknown>>): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const problems = checkKey(field, key)
    const text = String(value)
    if (text.length > 63) problems.push(invalidValue(field, text, 'must be no more than 63 bytes'))
    if (text !== '' && !qualifiedName.test(text)) problems.push(invalidValue(field, text, valueRule))
    return problems
  })
}

export function checkAnnotations(field: string, annotations: Readonly<Record<string, unknown>>): Cause[] {
  const problems = Object.keys(annotations).flatMap((key) => checkKey(field, key.toLowerCase()))
  const size = Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + String(value).length, 0)
  if (size > 256 * 1024)
    problems.push({ reason: 'FieldValueTooLong', message: 'Too long: may not be more than 262144 bytes', field })
  return problems
}
