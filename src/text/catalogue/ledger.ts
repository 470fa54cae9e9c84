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
})
