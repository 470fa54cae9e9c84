/** Which upload address belongs to which file. */
export class Uploads {
  private readonly files = new Map<string, string>()
  private readonly random: (length: number) => string

  constructor(random: (length: number) => string) {
    this.random = random
  }

  issue(file: string): string {
    const token = this.random(40)
    this.files.set(token, file)
    return token
  }

  fileOf(token: string): string | undefined {
    return this.files.get(token)
  }
}
