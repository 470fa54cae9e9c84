/* What the tour says: a title, what happens and why, and what its button does. */

export const tourTexts = {
  offer: [
    ['One incident in two minutes', '两分钟，走完一次故障'],
    [
      'A bad release, a rollback that somebody else approves, a timeline, a post-mortem. You click; the tour says what happens and why. Leave whenever you like.',
      '一次有问题的发布、一次由他人批准的回滚、一条时间线、一份复盘。你来点击，导览说明发生了什么、为什么。随时可以退出。',
    ],
    ['Start the tour', '开始导览'],
  ],
  ship: [
    ['Ship a bad release', '发布一个有问题的版本'],
    [
      'Press “Answers 5xx” in the shop. CI builds the next version of checkout-svc and ships it to eu-1, then to us-1, over the Kubernetes API.',
      '在商店里点“返回 5xx”。CI 会构建 checkout-svc 的下一个版本，经 Kubernetes API 先发布到 eu-1，再到 us-1。',
    ],
    ['Ship it for me', '替我发布'],
  ],
  burn: [
    ['Watch the error rate', '观察错误率'],
    [
      'The new pods get ready, so Kubernetes is content. But customers are answered with errors: the number is measured at the balancer, and red means more than 5 %.',
      '新的 Pod 已就绪，Kubernetes 认为一切正常，但顾客收到的是错误。数字在负载均衡处实测，红色表示超过 5%。',
    ],
  ],
  command: [
    ['Ask what you can go back to', '看看能回到哪个版本'],
    [
      'Type /rollback checkout-svc in the channel and press Enter. Nothing is changed by it: Astern only looks.',
      '在频道里输入 /rollback checkout-svc 并按回车。它不会改变任何东西，Astern 只是查看。',
    ],
    ['Type it for me', '替我输入'],
  ],
  card: [
    ['Read the card', '读一读卡片'],
    [
      'Only you see it: what runs where, who shipped it, and each version that could come back with what is known of it. One is refused, for its image is gone. Press the red button.',
      '只有你能看到：各区域运行什么、谁发布的、能回到哪些版本及其依据。有一个被拒绝，因为镜像已不在。请点红色按钮。',
    ],
    ['Press it for me', '替我点击'],
  ],
  ask: [
    ['Say why', '说明原因'],
    [
      'The dialog shows exactly what would change. Write one line, then press “Ask for approval”: everybody will read it, and so will the post-mortem.',
      '对话框列出将要改变的一切。写一行原因，再点“请求批准”：大家都会看到，复盘里也会有。',
    ],
  ],
  room: [
    ['A channel for the incident', '故障专属频道'],
    [
      'Astern opened one, invited those who own the service, pinned the card, and called by name those who may agree. Open it on the left.',
      'Astern 新建了频道，邀请了服务负责人，置顶了卡片，并点名可以批准的人。请在左侧打开它。',
    ],
    ['Open it for me', '替我打开'],
  ],
  become: [
    ['Two people', '两个人'],
    [
      'Whoever asks does not approve: try it, and Astern says no and why. Then become Tom, who is on call for payment.',
      '申请的人不能批准自己：可以试试，Astern 会拒绝并说明原因。然后切换为支付组值班的 Tom。',
    ],
    ['Become Tom', '切换为 Tom'],
  ],
  approve: [
    ['Approve', '批准'],
    [
      'What you approve is exactly what runs: if anything changes before it starts, Astern refuses and asks anew. Press the green button and confirm.',
      '批准的就是将要执行的：若开始前有任何变化，Astern 会拒绝并重新询问。请点绿色按钮并确认。',
    ],
    ['Press it for me', '替我点击'],
  ],
  watch: [
    ['Region by region', '逐个区域'],
    [
      'First eu-1 goes back; its pods settle, its health checks and its error rate must be well; only then us-1 follows. Each step was written down before it was done, so even a crash repeats nothing.',
      '先回滚 eu-1：Pod 稳定、健康检查和错误率正常之后，才轮到 us-1。每一步都先记录、后执行，即使崩溃也不会重复。',
    ],
  ],
  timeline: [
    ['Restored, with numbers', '已恢复，有数据'],
    [
      '“Restored” means that every step settled and every check passed; the plot shows what customers felt. Open the card’s replies: the timeline is there.',
      '“已恢复”意味着每一步都已稳定、每项检查都已通过，图中是顾客的感受。打开卡片下的回复，那里是时间线。',
    ],
    ['Open it for me', '替我打开'],
  ],
  postmortem: [
    ['Every line has its evidence', '每一行都有证据'],
    [
      'An arrow leads to the event behind a line, in a ledger whose hash chain shows any change. From the same events Astern drafted the post-mortem: open it at the top.',
      '箭头指向该行背后的事件，账本的哈希链能发现任何篡改。Astern 用同样的事件起草了复盘：请在上方打开。',
    ],
    ['Open it for me', '替我打开'],
  ],
  end: [
    ['That was one incident', '一次故障到此结束'],
    [
      'People write the rest, Astern keeps its own lines fresh. Now try to break it: a crash, one region, a wrong branch, two who approve at once. { } on a message shows its JSON.',
      '其余由人来写，Astern 会更新自己的部分。现在试着弄坏它：崩溃、单个区域、错误的分支、两人同时批准。消息上的 { } 显示其 JSON。',
    ],
    ['Finish', '完成'],
  ],
  region: [['Guided tour', '导览']],
  next: [['Next', '下一步']],
  leave: [['Leave the tour', '退出导览']],
  tour: [['Tour', '导览']],
  no: [['No, thanks', '不用了']],
}
