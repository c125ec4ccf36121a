/** The shapes that travel between modules. */

/** @typedef {Record<string, any>} Entity */
/** @typedef {{topic: string, number: number, full: boolean, set: Record<string, Entity>, drop: string[]}} TopicFrame */
/** @typedef {{id: string, do: string, phase?: string, [field: string]: any}} Command */
/** @typedef {{refused: string, code: string, say: string, [more: string]: any}} Refusal */
/** @typedef {{number: number, epoch: string, now: number, topics: TopicFrame[]}} FirstPaint */
/** @typedef {"step" | "behind" | "sending" | "lost"} Status */

export {};
