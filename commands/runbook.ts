import { refused } from '../src/app/chosen.ts'
import { defineCommand } from '../src/app/command.ts'
import { runbook as made } from '../src/app/runbook.ts'
import { findScope } from '../src/app/scope.ts'
import { documentCard } from '../src/view/document-text.ts'

const usage = '/runbook SERVICE'

export const runbook = defineCommand({
  name: 'runbook',
  aliases: ['手册', '回滚手册'],
  usage,
  summary: 'help.runbook',
  async run(input) {
    const { world, language } = input
    const [name = '', ...more] = input.text.split(/\s+/u).filter((word) => word !== '')
    if (name === '' || more.length > 0) return refused(input, { refused: 'usage', usage })
    const scope = findScope(world.config(), name, null)
    if ('refused' in scope) return refused(input, scope)
    const { person, standing } = await input.who()
    if (!person) return refused(input, { refused: 'unknown-person' })
    const { members } = scope.service.team
    if (standing !== 'member') return refused(input, { refused: 'standing', standing, approvers: members })
    const checks = (region: string) =>
      world
        .estate()
        .checks(region)
        .map((check) => check.name)
    const { config, desk, clock } = world
    return { view: documentCard(made({ config, desk, clock, checks }, scope.service, language)), outcome: 'shown' }
  },
})
