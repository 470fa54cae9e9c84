import { afterAll } from 'vitest'
import { playgroundCluster } from './kit/playground.ts'
import { kubernetesContract } from './kubernetes-contract.ts'

const cluster = await playgroundCluster()
afterAll(() => cluster.close())

kubernetesContract(cluster)
