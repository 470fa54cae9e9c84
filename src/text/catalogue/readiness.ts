import { defineTexts } from './define.ts'

/** How ready services are to be rolled back at 3 a.m.: what is there, what is not, and what to do about it. */
export const readiness = defineTexts({
  'help.readiness': {
    en: 'what a service still lacks to be rolled back at 3 a.m.; without one, all services',
    zh: '服务的回滚就绪情况；不写服务则列出全部',
  },
  'readiness.title': { en: 'Readiness for a rollback', zh: '回滚就绪报告' },
  'readiness.title-one': { en: 'Readiness of {service}', zh: '{service} 的回滚就绪情况' },
  'readiness.all': { en: 'All services, worst first', zh: '全部服务，问题最多的在前' },
  'readiness.line': { en: '{glyph} {service} ({tier}): {state}', zh: '{glyph} {service}（{tier}）：{state}' },
  'readiness.state-missing': {
    en: '{missing|# thing|# things} missing, {doubtful} doubtful, {unknown} unknown: {worst}',
    zh: '缺 {missing} 项，存疑 {doubtful} 项，未知 {unknown} 项：{worst}',
  },
  'readiness.state-ready': { en: 'ready', zh: '已就绪' },
  'readiness.service': { en: '{service} ({tier})', zh: '{service}（{tier}）' },
  'readiness.finding': { en: '{glyph} {question}: {why}', zh: '{glyph} {question}：{why}' },
  'readiness.finding-next': { en: '{glyph} {question}: {why} → {next}', zh: '{glyph} {question}：{why} → {next}' },
  'readiness.more': {
    en: '{count|# more service|# more services}: `astern report readiness` lists all',
    zh: '另有 {count} 个服务：`astern report readiness` 可列出全部',
  },
  'readiness.hint': { en: '`/readiness SERVICE` tells what to do.', zh: '`/readiness 服务` 可查看该怎么做。' },
  'readiness.none': { en: 'No service is configured.', zh: '没有配置任何服务。' },
  'readiness.made': { en: 'Made of', zh: '生成依据' },
  'readiness.made-of': {
    en: 'The configuration {config} and what the record knew {at}. Nothing was connected to for it.',
    zh: '配置 {config} 与 {at} 的记录；未连接任何系统。',
  },

  'readiness.question-containers': { en: 'Containers', zh: '容器化' },
  'readiness.question-isolated': { en: 'Isolated environments', zh: '环境隔离' },
  'readiness.question-tagged': { en: 'Versions tagged', zh: '版本标签' },
  'readiness.question-digests': { en: 'Digests pinned', zh: '镜像 digest 固定' },
  'readiness.question-migrations': { en: 'Migrations reversible', zh: '数据库变更可逆' },
  'readiness.question-candidates': { en: 'Versions to go back to', zh: '可回滚版本' },
  'readiness.question-on-call': { en: 'On call staffed', zh: '值班人员' },
  'readiness.question-paging': { en: 'Paging works', zh: '呼叫可用' },
  'readiness.question-drilled': { en: 'Drilled', zh: '回滚演练' },

  'readiness.containers-yes': { en: '{count|# target runs|all # targets run} images', zh: '{count} 个目标均运行镜像' },
  'readiness.containers-bare': { en: 'no image runs in {where}', zh: '{where} 运行的不是镜像' },
  'readiness.containers-unseen': { en: 'nothing was ever seen in {where}', zh: '{where} 从未被观察到' },
  'readiness.isolated-yes': {
    en: '{environments} share nothing that is rolled back',
    zh: '{environments} 之间不共用任何回滚目标',
  },
  'readiness.isolated-one': { en: 'there is only {environment}', zh: '只有 {environment} 一个环境' },
  'readiness.isolated-shared': { en: '{environments} are the same thing', zh: '{environments} 实际是同一套资源' },
  'readiness.tagged-yes': { en: 'each release has a name of its own', zh: '每个版本都有唯一名称' },
  'readiness.tagged-unseen': { en: 'no release was ever seen', zh: '尚未观察到任何版本' },
  'readiness.tagged-nameless': { en: 'some are only called {versions}', zh: '有的版本只叫 {versions}' },
  'readiness.tagged-twice': {
    en: 'several releases are called {versions}',
    zh: '有多个版本都叫 {versions}',
  },
  'readiness.digests-yes': { en: 'every image is named by its digest', zh: '所有镜像都以 digest 引用' },
  'readiness.digests-unseen': { en: 'no image was ever seen', zh: '尚未观察到任何镜像' },
  'readiness.digests-resolved': {
    en: 'tags such as {example} can be moved; what really ran is known',
    zh: '{example} 这类标签可能被改指向；实际运行过的 digest 已记录',
  },
  'readiness.digests-loose': {
    en: 'tags such as {example} can be moved, and what really ran is not known',
    zh: '{example} 这类标签可能被改指向，且实际运行过的 digest 未知',
  },
  'readiness.migrations-none': { en: 'it has none', zh: '没有数据库变更' },
  'readiness.migrations-reversible': { en: 'they can be undone', zh: '可以撤销' },
  'readiness.migrations-one-way': { en: 'they cannot be undone', zh: '无法撤销' },
  'readiness.migrations-unsaid': { en: 'nobody has said', zh: '没有说明' },
  'readiness.candidates-yes': {
    en: '{count|# version|# versions} everywhere, {where} has the fewest',
    zh: '各区域至少 {count} 个（最少的是 {where}）',
  },
  'readiness.candidates-unseen': { en: 'no release was ever seen', zh: '尚未观察到任何版本' },
  'readiness.candidates-one': { en: 'only {count} in {where}', zh: '{where} 只有 {count} 个' },
  'readiness.candidates-none': { en: '{count} in {where}', zh: '{where} 有 {count} 个' },
  'readiness.on-call-yes': {
    en: 'by schedule {schedule}, without a gap for two weeks',
    zh: '值班表 {schedule}，两周内无空缺',
  },
  'readiness.on-call-no-schedule': { en: 'no schedule is configured', zh: '未配置值班表' },
  'readiness.on-call-nobody': {
    en: 'nobody is on call now by schedule {schedule}',
    zh: '值班表 {schedule} 当前无人值班',
  },
  'readiness.on-call-stale': {
    en: 'the calendar behind schedule {schedule} cannot be read',
    zh: '值班表 {schedule} 的日历读取失败',
  },
  'readiness.on-call-gap': {
    en: 'nobody is on call from {from} to {to} (schedule {schedule})',
    zh: '{from} 至 {to} 无人值班（值班表 {schedule}）',
  },
  'readiness.paging-yes': { en: 'somebody answered a page {at}', zh: '{at} 有人响应过呼叫' },
  'readiness.paging-none': { en: 'no pager is configured: nobody is woken', zh: '未配置呼叫方式：叫不醒任何人' },
  'readiness.paging-unproven': { en: 'nobody has ever answered a page by {pagers}', zh: '{pagers} 从未有人响应过' },
  'readiness.paging-stale': { en: 'the last page that was answered is from {at}', zh: '最近一次响应呼叫是 {at}' },
  'readiness.drilled-yes': { en: '{drill} on {at}: back in {took}', zh: '{at} 演练 {drill}：{took} 恢复' },
  'readiness.drilled-slow': {
    en: '{drill} on {at}: back in {took}, not within what was asked',
    zh: '{at} 演练 {drill}：{took} 恢复，未达到时限要求',
  },
  'readiness.drilled-unfinished': {
    en: '{drill} on {at} was not brought to an end',
    zh: '{at} 演练 {drill} 未恢复成功',
  },
  'readiness.drilled-alerts': {
    en: '{drill} on {at}: alerts alone, answered in {took}; no rollback was rehearsed',
    zh: '{at} 演练 {drill}：仅告警，{took} 响应；未演练回滚',
  },
  'readiness.drilled-stale': {
    en: 'last {at} ({drill}), more than a quarter ago',
    zh: '最近一次是 {at}（{drill}），已超过一个季度',
  },
  'readiness.drilled-never': { en: 'never', zh: '从未演练' },

  'readiness.next-look': {
    en: 'start Astern with its connection, then `astern doctor`',
    zh: '连接后启动 Astern，再运行 `astern doctor`',
  },
  'readiness.next-containers': { en: 'ship it as an image', zh: '改为以镜像发布' },
  'readiness.next-isolated': {
    en: 'give it an environment of its own where a drill may break it',
    zh: '为它准备一套可供演练的独立环境',
  },
  'readiness.next-tagged': {
    en: 'give each release a tag or `app.kubernetes.io/version` of its own',
    zh: '为每个版本设置唯一的标签或 `app.kubernetes.io/version`',
  },
  'readiness.next-digests': {
    en: 'name images by digest, or make tags immutable in the registry',
    zh: '以 digest 引用镜像，或在镜像仓库中禁止覆盖标签',
  },
  'readiness.next-migrations-say': {
    en: 'say `services.{service}.migrations: none, reversible or one-way`',
    zh: '在 `services.{service}.migrations` 写明 none、reversible 或 one-way',
  },
  'readiness.next-migrations': {
    en: 'change the schema so that both versions can work with it',
    zh: '数据库变更改为新旧版本都兼容',
  },
  'readiness.next-candidates': {
    en: 'keep more revisions (revisionHistoryLimit) and their images',
    zh: '保留更多历史版本（revisionHistoryLimit）及其镜像',
  },
  'readiness.next-schedule': { en: 'name a schedule for the service or its team', zh: '为服务或团队配置值班表' },
  'readiness.next-staff': { en: 'put somebody there: `/oncall {schedule}`', zh: '安排值班人：`/oncall {schedule}`' },
  'readiness.next-calendar': { en: 'see `astern doctor`', zh: '请查看 `astern doctor`' },
  'readiness.next-pager': { en: 'configure `pagers`', zh: '配置 `pagers`' },
  'readiness.next-page': { en: 'a drill pages people too: hold one', zh: '演练也会呼叫值班人：安排一次演练' },
  'readiness.next-drill-planned': { en: '{planned} is planned for {plannedAt}', zh: '{planned} 已计划于 {plannedAt}' },
  'readiness.next-drill-plan': { en: '`/drill plan {scenario}`', zh: '`/drill plan {scenario}`' },
  'readiness.next-drill-scenario': {
    en: 'write a scenario for it under `drills`',
    zh: '在 `drills` 中为它编写演练场景',
  },
})
