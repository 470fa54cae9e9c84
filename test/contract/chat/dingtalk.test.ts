import { dingtalkStage } from '../../kit/dingtalk/stage.ts'
import { chatContract } from './chat-contract.ts'

chatContract('dingtalk', dingtalkStage, { threads: false, dialogsExpire: false, commandsAnswered: false })
