/** What is printed wherever one person goes back from the card of an alert. */
export const handTexts = {
  en: {
    connected: 'the bot is connected',
    dialog: 'Tom, who is on call, presses it; the dialog asks why',
    decided: 'Tom decides alone, which the policy allows whoever is on call',
  },
  'zh-CN': {
    connected: '机器人已连上',
    dialog: '值班人 Tom 点击按钮，表单询问原因',
    decided: 'Tom 一人决定：策略允许值班人立即执行',
  },
}
