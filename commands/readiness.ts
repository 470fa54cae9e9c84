import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { readinessOf, readinessOfAll } from '../src/app/readiness.ts'
import { findScope } from '../src/app/scope.ts'
import { nowOf } from '../src/app/world.ts'
import { worstFirst } from '../src/core/readiness/readiness.ts'
import { documentCard } from '../src/view/document-text.ts'
import { readinessDocument, serviceReadiness } from '../src/view/readiness.ts'

const usage = '/readiness [SERVICE]'

export const readiness = defineCommand({
  name: 'readiness',
  aliases: ['就绪', '就绪报告'],
  usage,
  summary: 'help.readiness',
  async run(input) {
    const { world, language } = input
    const config = world.config()
    const [name = '', ...more] = input.text.split(/\s+/u).filter((word) => word !== '')
    if (more.length > 0) return refused(input, { refused: 'usage', usage })
    const scope = name === '' ? null : findScope(config, name, null)
    if (scope && 'refused' in scope) return refused(input, scope)
    const { person, standing } = await input.who()
    if (!person) return refused(input, { refused: 'unknown-person' })
    const members = scope ? scope.service.team.members : [...config.people.keys()]
    if (standing !== 'member') return refused(input, { refused: 'standing', standing, approvers: members })
    const of = { now: nowOf(world), config: config.digest }
    const document = scope
      ? serviceReadiness(readinessOf(world, scope.service), of, language)
      : readinessDocument({ ...of, services: worstFirst(readinessOfAll(world)) }, language, true)
    return { view: documentCard(document), outcome: 'shown' }
  },
})
