/** What a colour means. Colour says "look here"; words and silhouettes say the rest. */
export type Tone = 'ok' | 'progress' | 'warning' | 'critical' | 'neutral'
