import { slackStage } from '../../kit/slack/stage.ts'
import { chatContract } from './chat-contract.ts'

chatContract('slack', () => slackStage('http'), { threads: true, dialogsExpire: true, commandsAnswered: true })
