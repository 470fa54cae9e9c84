import { defineTexts } from './define.ts'

/** What `astern doctor` and `astern check` say of alert sources and of the alerts they told. */
export const alertDoctor = defineTexts({
  'doctor.alerts-silent': {
    en: 'has told nothing yet; it posts to {url}',
    zh: '尚未收到任何告警，它应发送到 {url}',
  },
  'doctor.alerts-heard': {
    en: 'last told {at}, {count|# alert|# alerts} lately',
    zh: '最近一次通知于 {at}，近期共 {count|# 条告警}',
  },
  'doctor.alerts-no-service': {
    en: '{count|# alert maps|# alerts map} to no service, {name} ({labels}) for example. Say whose they are: `services.NAME.alerts.match`, or a label `service` with its name.',
    zh: '{count|# 条告警}对应不到任何服务，例如 {name}（{labels}）。请配置 `services.NAME.alerts.match`，或给告警加上标签 `service`，值为服务名。',
  },
  'doctor.alerts-no-environment': {
    en: '{count|# alert is|# alerts are} of an environment that the service does not have, {name} ({labels}) for example. Add the environment, or name its label: `services.NAME.alerts.environment`.',
    zh: '{count|# 条告警}所属的环境在该服务中不存在，例如 {name}（{labels}）。请添加该环境，或用 `services.NAME.alerts.environment` 指定环境标签。',
  },
  'doctor.alerts-no-region': {
    en: '{count|# alert|# alerts} of {service} said nothing of a region that it has: the label is `{label}`, and `services.{service}.alerts.region` names another one',
    zh: '{service} 的 {count|# 条告警}没有给出有效的区域：区域标签为 `{label}`，可用 `services.{service}.alerts.region` 指定其他标签',
  },
  'doctor.alerts-twin': {
    en: 'the same labels are those of {other}: only one of them ever hears of an alert',
    zh: '与 {other} 的匹配标签相同：告警只会归到其中一个服务',
  },
  'doctor.alerts-no-monitor': {
    en: 'what fires in {region} cannot be asked again after a rollback, and that an alert ended is never enough: name one of `monitors` in `alerts.monitor`, or give the region a check of a metric',
    zh: '{region} 触发的告警在回滚后无法复查，而仅凭告警恢复不能判定正常：请用 `alerts.monitor` 指定 `monitors` 之一，或为该区域配置指标检查',
  },
})
