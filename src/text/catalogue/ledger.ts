import { defineTexts } from './define.ts'

export const ledger = defineTexts({
  'ledger.full': {
    en: 'No space is left for the ledger. Nothing was written; free space on its disk and try again.',
    zh: '账本所在磁盘已满，未写入任何内容。请清理磁盘空间后重试。',
  },
  'ledger.read-only': {
    en: 'The ledger file cannot be written. Check its permissions and whether its disk is mounted read-only.',
    zh: '账本文件不可写。请检查文件权限，以及磁盘是否以只读方式挂载。',
  },
  'ledger.busy': {
    en: 'Another program holds the ledger locked. Nothing was written; close that program, then try again.',
    zh: '账本正被其他程序锁定，未写入任何内容。请关闭该程序后重试。',
  },
  'ledger.io': {
    en: 'The disk under the ledger reported an error. Check the disk and the system log before going on.',
    zh: '账本所在磁盘报告了错误。请先检查磁盘和系统日志，再继续操作。',
  },
  'ledger.corrupt': {
    en: 'The ledger file is damaged or is no ledger. Run “astern audit verify”, then restore it from a backup.',
    zh: '账本文件已损坏，或不是账本文件。请运行 astern audit verify，然后从备份恢复。',
  },
  'ledger.cannot-open': {
    en: 'The ledger file cannot be opened. Check that its folder exists and belongs to the user Astern runs as.',
    zh: '无法打开账本文件。请确认其所在目录存在，且属于运行 Astern 的用户。',
  },
  'ledger.missing': {
    en: 'There is no ledger at {file}. Check the path given by --ledger or the configuration.',
    zh: '{file} 处没有账本。请检查 --ledger 或配置中的路径。',
  },
  'ledger.walled-in': {
    en: 'A ledger in a read-only folder cannot be read. Copy it, with its “-wal” file if there is one, and verify the copy.',
    zh: '无法读取只读目录中的账本。请将其复制到可写目录（如有 -wal 文件请一并复制），再校验副本。',
  },
  'ledger.in-use': {
    en: 'Another Astern process writes to this ledger. Stop that process, or give this one a ledger of its own.',
    zh: '另一个 Astern 进程正在写入该账本。请停止那个进程，或为当前进程指定单独的账本。',
  },
  'ledger.newer': {
    en: 'A newer Astern wrote this ledger (format {found}; this program knows up to {known}). Run the newer version.',
    zh: '该账本由更新版本的 Astern 写入（格式 {found}，当前程序最高支持 {known}）。请运行更新的版本。',
  },
  'ledger.unknown-event': {
    en: 'Event {position} is a “{type}” of version {version}, which this program does not know. Run the newer version.',
    zh: '事件 {position} 的类型为“{type}”、版本为 {version}，当前程序无法识别。请运行更新的版本。',
  },
  'ledger.closed': {
    en: 'The ledger is already closed because Astern is stopping. Try again once it runs.',
    zh: 'Astern 正在停止，账本已关闭。请在其重新运行后重试。',
  },
  'ledger.broken': {
    en: 'The ledger’s database refused with an unexpected error. The log has its cause; run “astern audit verify”.',
    zh: '账本数据库返回了意外错误。原因见日志；请运行 astern audit verify。',
  },
  'ledger.checkpoint-key': {
    en: 'The checkpoint key is no Ed25519 key in PEM form. Make one with “openssl genpkey -algorithm ed25519”.',
    zh: '检查点密钥不是 PEM 格式的 Ed25519 密钥。可用 openssl genpkey -algorithm ed25519 生成。',
  },
  'ledger.template-sealed': {
    en: 'A stored template cannot be decrypted: the template key was changed. Give Astern the former key again.',
    zh: '无法解密已保存的模板：模板密钥已更换。请重新提供原来的密钥。',
  },
  'ledger.audit-checked': {
    en: '{events|# event|# events} checked.',
    zh: '已检查 {events} 个事件。',
  },
  'ledger.audit-erased': {
    en: '{erased|# event was|# events were} erased, and the ledger says so.',
    zh: '其中 {erased} 个事件的内容已按记录擦除。',
  },
  'ledger.audit-no-checkpoints': {
    en: 'The ledger holds no checkpoints.',
    zh: '账本中没有检查点。',
  },
  'ledger.audit-checkpoints': {
    en: 'Signatures hold on {verified} of {total|# checkpoint|# checkpoints}.',
    zh: '共 {total} 个检查点，其中 {verified} 个签名有效。',
  },
  'ledger.audit-checkpoints-unchecked': {
    en: '{total|# checkpoint|# checkpoints}; signatures were not checked, for no checkpoint key was given.',
    zh: '共 {total} 个检查点；未提供检查点密钥，未验证签名。',
  },
  'ledger.audit-no-witness': {
    en: 'No witness was given: without one, a cut tail or a chain rebuilt after the last checkpoint cannot be found.',
    zh: '未提供见证：没有见证就无法发现末尾被截断，或最后一个检查点之后被重建的链。',
  },
  'ledger.audit-witnesses': {
    en: '{matched} of {given|# witness|# witnesses} agree with the ledger.',
    zh: '{given} 个见证中有 {matched} 个与账本一致。',
  },
  'ledger.audit-more': {
    en: '… and {more} more.',
    zh: '……另有 {more} 项。',
  },
  'ledger.audit-failed': {
    en: 'The ledger is NOT as it was written: {count|# finding|# findings}.',
    zh: '账本与写入时不一致：发现 {count} 处问题。',
  },
  'ledger.audit-whole': {
    en: 'The ledger is as it was written.',
    zh: '账本与写入时一致。',
  },
  'ledger.audit-head': {
    en: 'Witness of its end, to keep elsewhere: {witness}',
    zh: '当前末尾的见证，请保存在别处：{witness}',
  },
  'ledger.audit-altered': {
    en: 'Event {position} was altered.',
    zh: '事件 {position} 被篡改。',
  },
  'ledger.audit-missing': {
    en: 'Event {position} is missing; the event after it could not be tied to the chain.',
    zh: '事件 {position} 缺失；其后的事件无法与链衔接。',
  },
  'ledger.audit-missing-many': {
    en: 'Events {position} to {through} are missing; the event after them could not be tied to the chain.',
    zh: '事件 {position} 至 {through} 缺失；其后的事件无法与链衔接。',
  },
  'ledger.audit-reordered': {
    en: 'Event {position} was moved: it was recorded as event {from}.',
    zh: '事件 {position} 被移动：它原本记录为事件 {from}。',
  },
  'ledger.audit-out-of-order': {
    en: 'Event {position} stands out of order.',
    zh: '事件 {position} 的顺序不对。',
  },
  'ledger.audit-chain-broken': {
    en: 'Event {position} does not follow from event {before}: one of the two was altered.',
    zh: '事件 {position} 与事件 {before} 无法衔接：两者之一被篡改。',
  },
  'ledger.audit-erased-unannounced': {
    en: 'Event {position} was erased, and no event of the ledger says so.',
    zh: '事件 {position} 的内容被擦除，但账本中没有相应的擦除记录。',
  },
  'ledger.audit-bad-signature': {
    en: 'The checkpoint at event {position} has a signature that does not hold.',
    zh: '事件 {position} 处检查点的签名无效。',
  },
  'ledger.audit-other-key': {
    en: 'The checkpoint at event {position} was signed with a key that was not given.',
    zh: '事件 {position} 处的检查点由未提供的密钥签名。',
  },
  'ledger.audit-rebuilt-checkpoint': {
    en: 'Event {position} has another hash than the checkpoint at event {checkpoint} knows: the chain was rebuilt at or before it.',
    zh: '事件 {position} 的哈希与事件 {checkpoint} 处检查点的记录不符：链在此处或之前被重建。',
  },
  'ledger.audit-rebuilt-witness': {
    en: 'Event {position} has another hash than the witness: the chain was rebuilt at or before it.',
    zh: '事件 {position} 的哈希与见证不符：链在此处或之前被重建。',
  },
  'ledger.audit-cut-tail': {
    en: 'Events {position} to {through} were cut off: a witness saw them.',
    zh: '事件 {position} 至 {through} 被截去：有见证曾看到它们。',
  },
  'ledger.audit-unreadable': {
    en: 'Event {position} cannot be read any more: the file is damaged there.',
    zh: '事件 {position} 已无法读取：文件在该处损坏。',
  },
  'ledger.audit-damaged': {
    en: 'The database’s own check says: {what}',
    zh: '数据库自检报告：{what}',
  },
})
