import { defineTexts } from './define.ts'

/** Said by the Kubernetes target: hints of faults, blockers, warnings, evidence, findings of the doctor. */
export const kubernetes = defineTexts({
  // Faults: what people can do.
  'kubernetes.config': {
    en: 'The kubeconfig cannot be used (context {context}). Check that it is whole, that the context exists and that its server is an https address.',
    zh: 'kubeconfig 无法使用（上下文 {context}）。请检查文件是否完整、上下文是否存在、服务器是不是 https 地址。',
  },
  'kubernetes.credentials': {
    en: 'No credentials for {cluster}: look at the exec plugin or the token file of the kubeconfig.',
    zh: '取不到 {cluster} 的凭据：请查看 kubeconfig 里的 exec 插件或 token 文件。',
  },
  'kubernetes.unreachable': {
    en: 'The API server of {cluster} does not answer. Check that it runs and can be reached from here.',
    zh: '{cluster} 的 API server 没有响应。请检查它是否在运行、从这里能否访问。',
  },
  'kubernetes.timeout': {
    en: 'The API server of {cluster} did not answer in time.',
    zh: '{cluster} 的 API server 没有在限定时间内响应。',
  },
  'kubernetes.tls': {
    en: 'The certificate of {cluster} cannot be trusted. Check the certificate authority in the kubeconfig.',
    zh: '{cluster} 的证书不可信。请检查 kubeconfig 里的证书颁发机构。',
  },
  'kubernetes.unauthorized': {
    en: '{cluster} does not accept our credentials. Renew the kubeconfig or the service account.',
    zh: '{cluster} 不接受我们的凭据。请更新 kubeconfig 或服务账号。',
  },
  'kubernetes.forbidden': {
    en: 'Missing permission: {permission}. deploy/kubernetes/rbac.yaml grants it.',
    zh: '缺少权限：{permission}。deploy/kubernetes/rbac.yaml 里有它。',
  },
  'kubernetes.not-found': { en: '{what} does not exist.', zh: '{what} 不存在。' },
  'kubernetes.conflict': {
    en: 'Somebody else keeps writing {what}. Nothing was changed; try again.',
    zh: '有别的程序一直在写 {what}。没有做任何改动，请重试。',
  },
  'kubernetes.expired': {
    en: '{cluster} no longer has what was asked for; it is being listed anew.',
    zh: '{cluster} 已不保留所请求的版本，正在重新列出。',
  },
  'kubernetes.no-container': {
    en: '{what} has no such container. Name one of its own in the scenario.',
    zh: '{what} 没有这个容器。请在演练场景里写它自己的容器名。',
  },
  'kubernetes.drill-by-hand': {
    en: 'Broken pods of {what} stay until somebody deletes them, so that a drill could not be put back by itself. Drill a Deployment, or set `podManagementPolicy: Parallel` and `updateStrategy: RollingUpdate`.',
    zh: '{what} 的损坏 Pod 只能手动删除，演练后无法自动恢复。请改用 Deployment 演练，或设置 `podManagementPolicy: Parallel` 和 `updateStrategy: RollingUpdate`。',
  },
  'kubernetes.drill-left': {
    en: '{what} still runs the bad release of another drill. Put it back first.',
    zh: '{what} 上还是另一场演练的坏版本。请先把它恢复。',
  },
  'kubernetes.invalid': {
    en: '{cluster} refuses {what} as not valid. Nothing was changed.',
    zh: '{cluster} 认为 {what} 不合法而拒绝。没有做任何改动。',
  },
  'kubernetes.busy': { en: '{cluster} asks us to slow down.', zh: '{cluster} 要求我们放慢请求。' },
  'kubernetes.server-error': {
    en: '{cluster} failed to answer (HTTP {status}). Look at the API server and its admission webhooks.',
    zh: '{cluster} 处理请求失败（HTTP {status}）。请查看 API server 及其准入 webhook。',
  },
  'kubernetes.refused': {
    en: '{cluster} refuses the request for {what} (HTTP {status}).',
    zh: '{cluster} 拒绝了对 {what} 的请求（HTTP {status}）。',
  },
  'kubernetes.not-understood': {
    en: 'The answer of {cluster} is not what a Kubernetes API server says.',
    zh: '{cluster} 的回答不是 Kubernetes API server 的格式。',
  },
  'kubernetes.moved': {
    en: '{what} is no longer what you approved. Nothing was changed; look at it again.',
    zh: '{what} 已不是批准时的样子。没有做任何改动，请重新查看。',
  },

  // Blockers.
  'kubernetes.paused': {
    en: '{what} is paused: it would not roll out. Resume it first.',
    zh: '{what} 已暂停，不会滚动更新。请先恢复。',
  },
  'kubernetes.deleting': { en: '{what} is being deleted.', zh: '{what} 正在被删除。' },
  'kubernetes.ordered-stuck': {
    en: 'Broken pods hold it up: {pods}. An ordered StatefulSet waits for them even with the old template, and Astern deletes no pods. Set the template back by hand, then: {command}',
    zh: '损坏的 Pod 卡住了它：{pods}。有序的 StatefulSet 即使换回旧模板也会一直等它们，而 Astern 不删除 Pod。请手动改回模板，然后执行：{command}',
  },
  'kubernetes.template-unknown': {
    en: 'Nobody has the pod template of {version} any more: its revision was pruned before Astern saw it.',
    zh: '{version} 的 Pod 模板已找不到：它的历史版本在 Astern 看到之前就被清理了。',
  },
  'kubernetes.missing': { en: '{what} is gone: its pods could not start.', zh: '{what} 已不存在，Pod 无法启动。' },
  'kubernetes.missing-key': {
    en: '{what} no longer has {keys}: its pods could not start.',
    zh: '{what} 里已没有 {keys}，Pod 无法启动。',
  },
  'kubernetes.quota': {
    en: 'Quota {quota} leaves no room for another pod: {resource} {used} of {hard}.',
    zh: '配额 {quota} 容不下新的 Pod：{resource} 已用 {used}，上限 {hard}。',
  },
  'kubernetes.image-gone': {
    en: 'The registry no longer has {reference}.',
    zh: '镜像仓库里已没有 {reference}。',
  },
  'kubernetes.invalid-fields': {
    en: 'The API server refuses the old template, because of {fields}.',
    zh: 'API server 拒绝旧模板，原因在 {fields}。',
  },
  'kubernetes.invalid-somehow': {
    en: 'The API server refuses the old template as not valid.',
    zh: 'API server 认为旧模板不合法而拒绝。',
  },
  'kubernetes.admission': {
    en: 'An admission policy of the cluster refuses the old template.',
    zh: '集群的准入策略拒绝了旧模板。',
  },

  // Warnings.
  'kubernetes.other-writer': {
    en: '{tool} writes it too, and may put the bad version straight back.',
    zh: '{tool} 也在写它，可能马上把坏版本改回来。',
  },
  'kubernetes.other-writer-named': {
    en: '{tool} ({by}) writes it too, and may put the bad version straight back.',
    zh: '{tool}（{by}）也在写它，可能马上把坏版本改回来。',
  },
  'kubernetes.on-delete': {
    en: 'Its update strategy is OnDelete: pods change only when somebody deletes them.',
    zh: '更新策略是 OnDelete：只有删除 Pod 后才会换成旧版本。',
  },
  'kubernetes.partition': {
    en: 'Its partition is {partition}: pods with a lower number keep what they run.',
    zh: '分区是 {partition}：编号更小的 Pod 不会变。',
  },
  'kubernetes.configuration-changed': {
    en: '{what} was changed on {at}, after this release came; it is not set back.',
    zh: '{what} 在 {at} 被改过，晚于这个版本；它不会跟着恢复。',
  },
  'kubernetes.configuration-age-unknown': {
    en: '{what}: not checked whether it changed, the cluster does not say when it was written.',
    zh: '{what}：未检查是否改过，集群没有记录写入时间。',
  },
  'kubernetes.not-checked': {
    en: '{what}: not checked, no permission ({permission}).',
    zh: '{what}：未检查，没有权限（{permission}）。',
  },
  'kubernetes.image-moved': {
    en: 'Image {reference}: the tag was moved since. It ran as {was}; a new pod would pull {is}.',
    zh: '镜像 {reference}：标签已被改指。当时运行的是 {was}，新 Pod 会拉取 {is}。',
  },
  'kubernetes.image-not-checked.no-registry': {
    en: 'Image {reference}: not checked, no registry is configured.',
    zh: '镜像 {reference}：未检查，没有配置镜像仓库。',
  },
  'kubernetes.image-not-checked.no-permission': {
    en: 'Image {reference}: not checked, the registry does not let us look.',
    zh: '镜像 {reference}：未检查，镜像仓库不允许我们查看。',
  },
  'kubernetes.image-not-checked.unreachable': {
    en: 'Image {reference}: not checked, the registry does not answer.',
    zh: '镜像 {reference}：未检查，镜像仓库没有响应。',
  },
  'kubernetes.image-not-checked.not-understood': {
    en: 'Image {reference}: not checked, the registry’s answer was not understood.',
    zh: '镜像 {reference}：未检查，看不懂镜像仓库的回答。',
  },
  'kubernetes.altered': {
    en: 'The cluster alters the old template when it is written; the preview shows the result.',
    zh: '写入旧模板时集群会改动它；预览显示的是改动后的结果。',
  },
  'kubernetes.dry-run-refused': {
    en: 'Not tried out: the cluster, or a webhook of it, takes no dry run.',
    zh: '未做预演：集群或其 webhook 不支持 dry run。',
  },
  'kubernetes.database': { en: 'Database compatibility: not checked.', zh: '数据库兼容性：未检查。' },

  // What was seen.
  'kubernetes.trouble': {
    en: '{count|# pod|# pods}: {reason}',
    zh: '{count|# 个 Pod}：{reason}',
  },
  'kubernetes.pods': {
    en: '{done} of {of} pods are there; {unready} not ready.',
    zh: '{of} 个 Pod 中 {done} 个已就位；{unready} 个未就绪。',
  },
  'kubernetes.no-pods': {
    en: 'It is scaled to 0 pods: nothing shows that this version works.',
    zh: '副本数为 0：没有 Pod 能证明这个版本可用。',
  },
  'kubernetes.pod': { en: 'Pod {pod}: {reason}', zh: 'Pod {pod}：{reason}' },
  'kubernetes.pod-container': {
    en: 'Pod {pod}, container {container}: {reason}, {restarts|# restart|# restarts}',
    zh: 'Pod {pod}，容器 {container}：{reason}，{restarts|重启 # 次}',
  },
  'kubernetes.pods-not-created': { en: 'Pods cannot be created: {reason}', zh: '无法创建 Pod：{reason}' },
  'kubernetes.log': { en: 'Last log lines of {pod}, {container}', zh: '{pod}（{container}）的最后几行日志' },
  'kubernetes.no-log': { en: 'Pod {pod} has no log to read.', zh: '读不到 Pod {pod} 的日志。' },
  'kubernetes.events': { en: 'Events of {pod}', zh: '{pod} 的事件' },
  'kubernetes.dead-paused': {
    en: 'It was paused: nothing moves until somebody resumes it.',
    zh: '它被暂停了：恢复之前不会有任何进展。',
  },
  'kubernetes.dead-deadline': {
    en: 'Kubernetes gave up waiting (progressDeadlineSeconds).',
    zh: 'Kubernetes 已放弃等待（progressDeadlineSeconds）。',
  },
  'kubernetes.dead-on-delete': {
    en: 'The remaining pods change only when somebody deletes them (OnDelete).',
    zh: '其余的 Pod 只有被删除后才会更换（OnDelete）。',
  },
  'kubernetes.put-back': {
    en: '{what} was put back to {version} after us.',
    zh: '在我们之后，{what} 又被改回 {version}。',
  },
  'kubernetes.put-back-by': {
    en: '{what} was put back to {version} after us. These write it: {writers}.',
    zh: '在我们之后，{what} 又被改回 {version}。会写它的有：{writers}。',
  },
  'kubernetes.overwritten': {
    en: '{what} was changed to {version} after us.',
    zh: '在我们之后，{what} 被改成了 {version}。',
  },
  'kubernetes.overwritten-by': {
    en: '{what} was changed to {version} after us. These write it: {writers}.',
    zh: '在我们之后，{what} 被改成了 {version}。会写它的有：{writers}。',
  },

  // Doctor.
  'kubernetes.reachable': {
    en: '{cluster} answers, Kubernetes {version}',
    zh: '{cluster} 可访问，Kubernetes {version}',
  },
  'kubernetes.permission-works': { en: 'May {permission}', zh: '有权限：{permission}' },
  'kubernetes.permission-missing': {
    en: 'Missing permission: {permission}. deploy/kubernetes/rbac.yaml grants it.',
    zh: '缺少权限：{permission}。deploy/kubernetes/rbac.yaml 里有它。',
  },
  'kubernetes.permission-optional': {
    en: 'Not granted, which is fine: {permission}. Secrets are then not checked before a rollback.',
    zh: '未授予，不影响使用：{permission}。回滚前不会检查 Secret。',
  },
})
