/** A language model, seen from who asks it. Which one answers is the installation's business; there may be none. */
export interface LanguageModel {
  /**
   * Answers a prompt.
   *
   * @param call.key the same for the same question asked again.
   * @throws whatever goes wrong; it is asked again later.
   */
  complete(call: { tenantId: string; prompt: string; key: string; signal: AbortSignal }): Promise<string>
}
